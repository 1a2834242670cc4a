"""Whether what lies in the archive belongs there: by names and kinds, before anything is read.

What systems, disks and editors leave behind by themselves is no forgery, and is told as litter; whatever else nothing
of ours puts there is told as added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from citekeeper.archive.folders import FOLDER_NAME
from citekeeper.archive.lock import LOCK_NAME
from citekeeper.files import TEMPORARY_PREFIX
from citekeeper.ids import is_valid_id

Stranger = tuple[str, str, str]
"""Name, code and message."""

LITTER = "litter"

_HISTORY = "history.jsonl"
_ROOT_FILES = {
    LOCK_NAME, ".gitattributes", ".git", ".gitignore", ".gitkeep", ".gitmodules", ".lfsconfig", ".github",
}  # fmt: skip
_LITTER = re.compile(
    r"""(?ix)
    \.DS_Store | \._.* | \.AppleDouble | \.Spotlight-V100 | \.Trashes | \.fseventsd | \.TemporaryItems | \.apdisk |
    \.com\.apple\..* | \.VolumeIcon\.icns | __MACOSX | Icon\r |                                      # macOS
    (?:eh)?Thumbs\.db(?::encryptable)? | desktop\.ini | \$RECYCLE\.BIN | System\ Volume\ Information |   # Windows
    \.directory | \.Trash(?:-\d+)? | lost\+found | \.nfs[0-9a-f]+ | \.fuse_hidden[0-9a-f]+ |            # Linux
    @eaDir | \#recycle | \#snapshot | \.stfolder(?:\..*)? | \.stversions | \.stignore | \.dropbox(?:\..*)? |
    .*\ \(.*conflicted\ copy.*\).* |                                                            # shared folders
    .*~ | .*\.sw[a-p] | \.\#.* | \#.*\# | ~\$.* | \.~lock\..*\# | .*\.bak | .*\.orig | .*\.rej | 4913 |  # editors, git
    \.idea | \.vscode | \.gitkeep | \.gitignore
    """
)


def check_root(root: Path) -> Iterator[Stranger]:
    """What lies in the archive directory beside the citations' folders and does not belong there.

    Raises:
        OSError: the directory cannot be read.
    """
    entries = sorted(root.iterdir())
    names = {entry.name for entry in entries}
    for entry in entries:
        name = entry.name
        if name in _ROOT_FILES or name.startswith(TEMPORARY_PREFIX):
            continue
        if is_valid_id(name) and entry.is_dir():
            continue  # `check_home` is asked of it
        if entry.is_dir() and not entry.is_symlink() and not _LITTER.fullmatch(name):
            message = "This is not the name of a citation; nothing made it here, and nothing in it was verified."
            if name.lower() in names - {name}:
                message += f" Where names are compared without regard to case, it hides {name.lower()}."
            yield name, "folder-unknown", message
        else:
            yield stranger(entry, "Beside the citations' folders only .gitattributes belongs here.")


def check_home(home: Path) -> Iterator[Stranger]:
    """What lies in a citation's folder and is neither a capture nor the history; and the folder, where it is a link.

    Raises:
        OSError: the directory cannot be read.
    """
    if home.is_symlink():
        yield "", "folder-not-regular", "A link stands in the place of the citation's folder."
    for entry in sorted(home.iterdir()):
        name = entry.name
        if name == _HISTORY:
            if entry.is_symlink() or not entry.is_file():
                yield name, "file-not-regular", "No regular file stands in the place of the history."
        elif name.startswith(TEMPORARY_PREFIX) or (FOLDER_NAME.fullmatch(name) and entry.is_dir()):
            continue
        elif entry.is_dir() and not entry.is_symlink() and not _LITTER.fullmatch(name):
            yield name, "folder-unknown", "This is not the name of a capture; nothing made it here."
        else:
            yield stranger(entry, "Beside the captures only history.jsonl belongs here.")


def stranger(path: Path, message: str) -> Stranger:
    """What to say of something that does not belong where it lies; ``message`` unless it is litter."""
    if _LITTER.fullmatch(path.name):
        return path.name, LITTER, "A system or an editor left it here; it is no part of the archive. Delete it."
    return path.name, "file-added", message
