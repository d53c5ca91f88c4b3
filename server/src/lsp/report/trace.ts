/** A trace as nested lists: what was expected, what was observed, where. */
import type { Trace, Verdict } from '../../evaluate/verdict.ts';
import { html, when, type Html } from './html.ts';

const MARK: Readonly<Record<Verdict, string>> = { true: '✓', false: '✗', unknown: '?' };

export function renderTrace(trace: Trace): Html {
  return html`<ul class="trace">
    ${renderNode(trace)}
  </ul>`;
}

function renderNode(node: Trace): Html {
  const children = node.children ?? [];
  return html`<li class="check ${node.verdict}">
    <div class="line">
      <span class="mark" title="${node.verdict}">${MARK[node.verdict]}</span> <code>${node.check}</code>
    </div>
    ${renderFacts(node)}${when(
      children.length > 0 ? children : undefined,
      (nodes) =>
        html`<ul>
          ${nodes.map(renderNode)}
        </ul>`,
    )}
  </li>`;
}

function renderFacts({ expected, observed, source, reason }: Trace): Html {
  const facts = [
    fact('expected', expected),
    fact('observed', observed),
    fact('read from', source),
    fact('because', reason),
  ];
  return facts.every((one) => one.text === '') ? html`` : html`<dl>${facts}</dl>`;
}

function fact(name: string, value: string | undefined): Html {
  return when(
    value,
    (text) =>
      html`<div class="fact">
        <dt>${name}</dt>
        <dd>${text}</dd>
      </div>`,
  );
}
