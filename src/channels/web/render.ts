import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import {
  type Block,
  BOLD,
  type Button,
  type Card,
  type Form,
  type FormField,
  itemsOf,
  type ListItem,
  PHONE_SAID,
  unparted,
} from '../../core/card.ts'
import { type Language, speaker } from '../../core/text.ts'

/** A piece of a page. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/** Where a card stands. */
export interface Place {
  /** Where its buttons and forms are sent. */
  readonly action: string
  /** That of the page, for what the page adds to it. */
  readonly language: Language
}

/** A card as HTML. */
export const render = (card: Card, place: Place): Html =>
  html`${card.title ? html`<h2>${whole(card.title)}</h2>` : ''}${card.blocks.map((each) => block(each, place))}`

/** A number of 18 characters, an address of the net: too long for half the card of a phone. */
const LONG_WORD = /[\w./:-]{17,}/

function block(each: Block, place: Place): Html {
  switch (each.kind) {
    case 'text':
      return html`<p>${marked(each.text)}</p>`
    case 'list':
      return html`${each.heading ? html`<h3>${whole(each.heading)}</h3>` : ''}
<ul class="items">${itemsOf(each).map((item) => listItem(item, place))}</ul>`
    case 'fields':
      return html`<dl>${each.fields.map(
        ({ label, value }) =>
          html`<div${LONG_WORD.test(value) ? html` class="wide"` : ''}><dt>${label}</dt><dd>${marked(value)}</dd></div>`,
      )}</dl>`
    case 'table':
      return html`<div class="scroll" tabindex="0"><table>
<thead><tr>${each.columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${each.rows.map((row) => html`<tr>${row.map((cell) => html`<td>${whole(cell)}</td>`)}</tr>`)}</tbody>
</table></div>`
    case 'picture':
      return html`<img class="picture" src="data:image/png;base64,${each.png}" alt="${each.alt}">`
    case 'file':
      return html`<p><a class="file" download="${each.name}" href="data:application/octet-stream;base64,${each.base64}">${each.name}</a></p>`
    case 'link':
      return /^https?:\/\//.test(each.url)
        ? html`<p><a href="${each.url}" target="_blank" rel="noopener noreferrer">${each.label}</a></p>`
        : html`<p>${each.label}</p>`
    case 'buttons':
      return buttons(each.buttons, place)
    case 'form':
      return form(each.form, place)
  }
}

const listItem = ({ mark, text, buttons: own, menu = [] }: ListItem, place: Place): Html =>
  html`<li>${mark ? html`<span class="mark">${mark}</span>` : ''}<div><p>${marked(text)}</p>${own ? buttons(own, place) : ''}${
    menu.length > 0
      ? html`<details class="more"><summary>${more(place)}</summary>${buttons(menu, place)}</details>`
      : ''
  }</div></li>`

const more = ({ language }: Place): string => speaker(language)('更多', 'More')

const buttons = (all: readonly Button[], { action }: Place): Html =>
  html`<form class="buttons" method="post" action="${action}" hx-post="${action}" hx-swap="none">${all.map(
    ({ label, intent, style }) =>
      html`<button name="press" value="${JSON.stringify({ label, intent })}" class="${style ?? 'plain'}">${label}</button>`,
  )}</form>`

function form({ title, intent, submit, fields }: Form, place: Place): Html {
  const { action } = place
  const options = Object.fromEntries(
    fields.map(({ name, options: choices = [] }) => [
      name,
      Object.fromEntries(choices.map(({ value, label }) => [value, label])),
    ]),
  )
  return html`<form class="form" method="post" action="${action}" hx-post="${action}" hx-swap="none">
<fieldset><legend>${title}</legend>
<input type="hidden" name="form" value="${JSON.stringify({ title, intent, options })}">
${fields.filter(({ extra }) => !extra).map(formField)}
${moreFields(
  fields.filter(({ extra }) => extra),
  place,
)}
<button class="primary">${submit}</button>
</fieldset></form>`
}

/** Open where something stands in one of them. */
function moreFields(fields: readonly FormField[], place: Place): Html {
  if (fields.length === 0) return html``
  const open = fields.some(({ value }) => value) ? html` open` : ''
  return html`<details class="more"${open}><summary>${more(place)}</summary>${fields.map(formField)}</details>`
}

const INPUT: Readonly<Record<'text' | 'phone' | 'amount' | 'date', Html>> = {
  text: html`type="text" maxlength="200"`,
  phone: html`type="tel" maxlength="30"`,
  amount: html`type="text" inputmode="decimal" maxlength="30"`,
  date: html`type="date"`,
}

/** This many choices and fewer are shown as chips, more as a drop-down. */
const CHIPS = 16

function formField(field: FormField): Html {
  const { label, type, required, value = '', hint = '', options = [] } = field
  const name = `field.${field.name}`
  const must = required ? html` required` : ''
  const title = html`${label}${hint ? html` <small>${hint}</small>` : ''}`
  if (type === 'choice' && options.length <= CHIPS) {
    return html`<fieldset class="chips"><legend>${label}</legend>${options.map(
      (option) =>
        html`<label><input type="radio" name="${name}" value="${option.value}"${option.value === value ? html` checked` : ''}${must}><span>${option.label}</span></label>`,
    )}</fieldset>`
  }
  if (type === 'choice') {
    return html`<label>${title}<select name="${name}"${must}><option value=""></option>${options.map(
      (option) =>
        html`<option value="${option.value}"${option.value === value ? html` selected` : ''}>${option.label}</option>`,
    )}</select></label>`
  }
  if (type === 'long-text') {
    return html`<label>${title}<textarea name="${name}" rows="2" maxlength="500"${must}>${value}</textarea></label>`
  }
  const { known = [] } = field
  if (known.length === 0) {
    return html`<label>${title}<input name="${name}" value="${value}" ${INPUT[type]}${must}></label>`
  }
  // Forms of a kind that stand in one log may share it: it offers and decides nothing.
  const id = `known-${field.name}-${known.length}`
  return html`<label>${title}<input name="${name}" value="${value}" list="${id}" autocomplete="off" ${INPUT[type]}${must}></label>
<datalist id="${id}">${known.map((each) => html`<option value="${each}"></option>`)}</datalist>`
}

/** `**bold**` and line ends; all else is escaped. */
const marked = (text: string): readonly Html[] =>
  text
    .split('\n')
    .flatMap((line, index) => [
      ...(index > 0 ? [html`<br>`] : []),
      ...line
        .split(BOLD)
        .map((piece, place) =>
          place % 2 === 1 ? html`<strong>${linked(piece)}</strong>` : html`${linked(piece)}`,
        ),
    ])

/** Phone numbers can be called with a tap, and stay on one line. */
const linked = (text: string): readonly Html[] =>
  text
    .split(PHONE_SAID)
    .map((piece, place) =>
      place % 2 === 1
        ? html`<a class="phone" href="tel:${piece.replaceAll(' ', '')}">${piece}</a>`
        : html`${whole(piece)}`,
    )

/** A text whose amounts, days and counts stay on one line. */
export const whole = (text: string) =>
  unparted(text, (piece) => html`<span class="whole">${piece}</span>`)
