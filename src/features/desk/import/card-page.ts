import { html } from 'hono/html'
import type { Block, Button, Card } from '../../../core/card.ts'
import { stampField } from '../guard-page.ts'
import { table } from '../shell-page.ts'

/** What the forms of a card are sent to, and the stamp that they carry. */
export interface Pressed {
  readonly path: string
  readonly stamp: string
}

/** A card of the chat as a part of a page: of its buttons each presses the command that it says. */
export const cardView = ({ blocks }: Card, pressed: Pressed) =>
  blocks.map((block) => html`<section>${blockView(block, pressed)}</section>`)

function blockView(block: Block, pressed: Pressed) {
  switch (block.kind) {
    case 'text':
      return html`<p class="points">${block.text}</p>`
    case 'table':
      return table(block.columns[0] ?? '', block.columns, block.rows)
    case 'buttons':
      return html`<form method="post" action="${pressed.path}" class="row">${stampField(pressed.stamp)}${block.buttons.map(buttonView)}</form>`
    default:
      return ''
  }
}

const buttonView = ({ label, intent, style }: Button) =>
  html`<button class="${style === 'primary' ? 'go' : 'quiet'}" name="command" value="${intent.command}">${label}</button>`
