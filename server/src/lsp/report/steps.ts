/** The seven steps of a result, and the error of the one that failed. */
import type { ScanError, StepReport } from '../../scan/result.ts';
import { html, when, type Html } from './html.ts';

export function renderSteps(steps: readonly StepReport[]): Html {
  const rows = steps.map(
    (step) =>
      html`<tr class="step ${step.status}">
        <td>${step.step}</td>
        <td>${step.name}</td>
        <td>${step.status}</td>
        <td class="number">${step.status === 'skipped' ? '' : `${Math.round(step.ms)} ms`}</td>
      </tr>`,
  );
  return html`<table class="steps">
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

export function renderErrors(steps: readonly StepReport[]): Html {
  return html`${steps.map((step) => when(step.error, (error) => renderError(step, error)))}`;
}

function renderError(step: StepReport, error: ScanError): Html {
  return html`<section class="error">
    <h3>Step ${step.step}, ${step.name}, failed with ${error.code}: ${error.meaning}</h3>
    <dl>${[row('Cause', error.raw), row('Remedy', error.remedy), row('See it without Patchlab', error.validate)]}</dl>
  </section>`;
}

function row(name: string, text: string): Html {
  return when(
    text,
    (value) =>
      html`<div>
        <dt>${name}</dt>
        <dd>${value}</dd>
      </div>`,
  );
}
