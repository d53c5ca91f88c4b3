/** The products of a result: an instance a row. */
import type { ProductInstance, ProductResult } from '../../scan/result.ts';
import { html, type Html } from './html.ts';

export function renderProducts(products: readonly ProductResult[]): Html {
  const rows = products.flatMap((product) => product.instances.map((instance) => renderInstance(product, instance)));
  if (rows.length === 0) return html`<p class="empty">No product of this content is on this machine.</p>`;
  return html`<table class="products">
    <thead>
      <tr>
        <th>Product</th>
        <th>Version</th>
        <th>Where</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

function renderInstance(product: ProductResult, instance: ProductInstance): Html {
  const unsure =
    instance.state === 'unknown' ? html`<span class="unsure">unknown: ${instance.reason ?? ''}</span>` : html``;
  return html`<tr>
    <td title="${product.id}">${product.name} ${unsure}</td>
    <td>${instance.version ?? '–'}</td>
    <td class="path">${instance.path ?? '–'}</td>
  </tr>`;
}
