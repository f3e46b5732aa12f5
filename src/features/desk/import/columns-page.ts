import { html } from 'hono/html'
import { inLanguage, speaker } from '../../../core/text.ts'
import { columnsOf, exampleIn, NOT_READ } from '../../import/columns/choices.ts'
import type { ImportRecord, MappedTable } from '../../import/rules.ts'
import { stampField } from '../guard-page.ts'
import type { Reader } from '../rules.ts'

/** The name of the field that says what a column of a table means. */
const fieldOf = (table: number, place: number): string => `column-${table}-${place}`

/** How each column of a previewed book was understood, and what else it may be. */
export function columnsForm({ id, mapping }: ImportRecord, who: Reader) {
  const say = speaker(who.language)
  const tables = mapping.tables.map(
    (table, at) => html`<h2>${say('列', 'Columns')} · ${table.sheet}</h2>
<ul class="lines columns">${table.columns
      .filter(({ title }) => title)
      .map((column) => line(table, at, column, who))}</ul>`,
  )
  return html`<section><form method="post" action="/desk/import/${id}/columns">${stampField(who.stamp)}${tables}
<button class="quiet">${say('按所选的列重读', 'Read anew with these columns')}</button></form></section>`
}

function line(
  table: MappedTable,
  at: number,
  { title, place, column }: MappedTable['columns'][number],
  { language }: Reader,
) {
  const name = fieldOf(at, place)
  const example = exampleIn(table, place)
  const none = speaker(language)('不读', 'not read')
  const offered = Object.entries(columnsOf(table.kind)).map(
    ([key, { label }]) => [key, inLanguage(label, language)] as const,
  )
  const options = [[NOT_READ, none] as const, ...offered]
  return html`<li><label for="${name}">${title}${example ? html` <span class="soft">${example}</span>` : ''}</label>
<select id="${name}" name="${name}">${options.map(
    ([key, label]) =>
      html`<option value="${key}"${key === (column ?? NOT_READ) ? html` selected` : ''}>${label}</option>`,
  )}</select></li>`
}

/** What a form that was sent says anew, as `choose-columns` takes it. */
export const changesIn = (
  { mapping }: ImportRecord,
  form: Readonly<Record<string, unknown>>,
): { readonly table: number; readonly heading: string; readonly column: string }[] =>
  mapping.tables.flatMap(({ columns }, table) =>
    columns.flatMap(({ title, place, column }) => {
      const said = form[fieldOf(table, place)]
      return typeof said === 'string' && said !== (column ?? NOT_READ)
        ? [{ table, heading: title, column: said }]
        : []
    }),
  )
