// The page as it stands, as HTML: open shadow trees unfolded into their hosts, style rules that scripts made written
// out, and each image with the address that was chosen for it. It is built in an inert document, so that nothing of
// the page runs or loads again.
() => {
  const inert = document.implementation.createHTMLDocument('');
  const rules = (sheet) => { try { return [...sheet.cssRules].map((rule) => rule.cssText).join('\n'); } catch { return ''; } };
  const childrenOf = (node) => {
    if (node.shadowRoot) return node.shadowRoot.childNodes;
    if (node.localName === 'slot' && node.assignedNodes && node.assignedNodes().length) return node.assignedNodes();
    return node.childNodes;
  };
  const sheetOf = (css) => { const style = inert.createElement('style'); style.textContent = css; return style; };
  const copyOf = (root) => {
    const copy = inert.importNode(root, false);
    const open = [[root, copy]];
    while (open.length) {
      const [node, twin] = open.pop();
      if (node.localName === 'style' && node.sheet && !node.textContent.trim()) { twin.textContent = rules(node.sheet); continue; }
      if (node.localName === 'img' && node.currentSrc && !node.currentSrc.startsWith('blob:')) twin.setAttribute('src', node.currentSrc);
      for (const sheet of (node.shadowRoot && node.shadowRoot.adoptedStyleSheets) || []) twin.appendChild(sheetOf(rules(sheet)));
      for (const child of childrenOf(node)) {
        const childTwin = inert.importNode(child, false);
        twin.appendChild(childTwin);
        if (child.nodeType === Node.ELEMENT_NODE) open.push([child, childTwin]);
      }
    }
    return copy;
  };
  const whole = copyOf(document.documentElement);
  const head = whole.querySelector('head') || whole;
  for (const sheet of document.adoptedStyleSheets || []) head.appendChild(sheetOf(rules(sheet)));
  if (head.querySelector('base') === null) {
    const base = inert.createElement('base');
    base.setAttribute('href', document.baseURI);
    head.insertBefore(base, head.firstChild);
  }
  const body = whole.querySelector('body');
  return {
    html: '<!DOCTYPE html>\n' + whole.outerHTML,
    body: body ? body.innerHTML : '',
    letters: document.body ? document.body.innerText.trim().length : 0,
    height: Math.max(document.documentElement.scrollHeight, document.body ? document.body.scrollHeight : 0),
    url: document.URL,
  };
}
