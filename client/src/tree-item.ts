/** Rows of trees, whose texts come from machines and workspaces. */
import type { TreeItem } from 'vscode';
import { plainMessage } from './features/scan/plain-message.ts';

/** The row with every text of it shown as it is: nothing that turns its direction, breaks its line or cannot be seen. */
export function plainItem(item: TreeItem): TreeItem {
  const { label, description, tooltip, accessibilityInformation: said } = item;
  if (typeof label === 'string') item.label = plainMessage(label);
  if (typeof description === 'string') item.description = plainMessage(description);
  if (typeof tooltip === 'string') item.tooltip = tooltip.split('\n').map(plainMessage).join('\n');
  if (said) item.accessibilityInformation = { ...said, label: plainMessage(said.label) };
  return item;
}
