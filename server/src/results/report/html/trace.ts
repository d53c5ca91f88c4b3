/** A trace as nested lists: what was expected, what was observed, where. */
import type { Trace, Verdict } from '../../../evaluate/verdict.ts';
import { NO_SOURCES, renderButton, type Sources } from './sources.ts';
import { html, when, type Html } from './template.ts';

const MARK: Readonly<Record<Verdict, string>> = { true: '✓', false: '✗', unknown: '?' };

export function renderTrace(trace: Trace, sources: Sources = NO_SOURCES): Html {
  return html`<ul class="trace">
    ${renderNode(trace, sources)}
  </ul>`;
}

function renderNode(node: Trace, sources: Sources): Html {
  const mark = html`<span class="mark" title="${node.verdict}">${MARK[node.verdict]}</span>`;
  const children = node.children?.length
    ? html`<ul>
        ${node.children.map((child) => renderNode(child, sources))}
      </ul>`
    : html``;
  return html`<li class="${node.verdict}">
    <div class="check">
      ${mark} <code>${node.check}</code> ${renderButton(node.at && sources.at(node.at, node.check))}
    </div>
    ${facts(node)}${children}
  </li>`;
}

function facts({ expected, observed, source, reason }: Trace): Html {
  const known = [
    fact('expected', expected),
    fact('observed', observed),
    fact('read from', source),
    fact('because', reason),
  ];
  return known.every((one) => one.text === '') ? html`` : html`<dl class="facts">${known}</dl>`;
}

function fact(name: string, value: string | undefined): Html {
  return when(
    value,
    (text) =>
      html`<div>
        <dt>${name}</dt>
        <dd>${text}</dd>
      </div>`,
  );
}
