"""The pages of the stage set: texts written for it, the newsrooms' layouts, and drawn pictures."""
