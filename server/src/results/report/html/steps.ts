/** The seven steps of a result, and the error of the one that failed. */
import type { ScanError, StepReport } from '../../../scan/result.ts';
import { describeMs } from '../order.ts';
import { html, when, type Html } from './template.ts';

export function renderSteps(steps: readonly StepReport[]): Html {
  return html`<table class="steps">
    <tbody>
      ${steps.map(renderStep)}
    </tbody>
  </table>`;
}

function renderStep({ step, name, status, ms, warning }: StepReport): Html {
  const time = status === 'skipped' ? '' : describeMs(ms);
  return html`<tr class="${status}">
    <td>${step}</td>
    <td>${name}</td>
    <td>${status}</td>
    <td class="number">${time}</td>
    <td class="warning">${warning ?? ''}</td>
  </tr>`;
}

export function renderErrors(steps: readonly StepReport[]): Html {
  return html`${steps.map((step) => when(step.error, (error) => renderError(step, error)))}`;
}

function renderError(step: StepReport, error: ScanError): Html {
  const facts = [
    row('Cause', html`<code>${error.raw}</code>`),
    row('Remedy', html`${error.remedy}`),
    row('See it without Patchlab', html`<code>${error.validate}</code>`),
  ];
  return html`<section class="failure">
    <h3>Step ${step.step}, ${step.name}, failed: error ${error.code}</h3>
    <p>${error.meaning}</p>
    <dl>${facts}</dl>
  </section>`;
}

function row(name: string, value: Html): Html {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}
