import type { Button, Form } from '../../../core/card.ts'
import { chunks, cut, LIMIT, type SlackBlock, section } from './block.ts'

// What can be pressed: its `value` is the intent that it says.

/** Buttons in a row: more do not fit a phone. */
const ROW = 5

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/**
 * A line with all that may be done with it in a menu beside it: buttons for ten lines would not fit
 * a message. The ids that the choices name stand once, in the block's id, and `$0` in their values.
 */
export function withMenu(text: string, choices: readonly Button[], id: string): SlackBlock {
  const { menu, block_id } = menuOf(choices, id)
  return menu ? { ...section(text), block_id, accessory: menu } : section(text)
}

/** A menu by itself. */
export function menuRow(choices: readonly Button[], id: string): SlackBlock[] {
  const { menu, block_id } = menuOf(choices, id)
  return menu ? [{ type: 'actions', block_id, elements: [menu] }] : []
}

function menuOf(choices: readonly Button[], id: string) {
  const ids: string[] = []
  const named = (each: string) => `$${ids.includes(each) ? ids.indexOf(each) : ids.push(each) - 1}`
  const options = choices.flatMap(({ label, intent, opensForm }) => {
    const said = { c: intent.command, i: intent.input, ...(opensForm && { o: 1 }) }
    const value = JSON.stringify(said).replace(UUID, named)
    if (value.length > LIMIT.optionValue) return []
    return [{ text: { type: 'plain_text', text: cut(label, LIMIT.buttonText) }, value }]
  })
  return {
    block_id: [id, ...ids].join(' '),
    menu: options.length > 0 && {
      type: 'static_select',
      action_id: `pick:${id}`,
      placeholder: { type: 'plain_text', text: cut(choices[0]?.label ?? '…', LIMIT.buttonText) },
      options,
    },
  }
}

export const actions = (buttons: readonly Button[], id: string): SlackBlock[] =>
  chunks(buttonsOf(buttons, id), ROW).map((some) => ({ type: 'actions', elements: some }))

/** Buttons by themselves; one that carries more than Slack keeps is left out. */
export function buttonsOf(buttons: readonly Button[], id: string): Record<string, unknown>[] {
  return buttons.flatMap(({ label, intent, style, opensForm }, index) => {
    const value = JSON.stringify({ c: intent.command, i: intent.input })
    if (value.length > LIMIT.buttonValue) return []
    return [
      {
        type: 'button',
        action_id: `${opensForm ? 'opens' : 'say'}:${id}.${index}`,
        text: { type: 'plain_text', text: cut(label, LIMIT.buttonText) },
        value,
        ...(style && { style }),
      },
    ]
  })
}

export const formButton = ({ title }: Form, key: string, index: number): SlackBlock => ({
  type: 'actions',
  elements: [
    {
      type: 'button',
      action_id: `form:${index}`,
      text: { type: 'plain_text', text: cut(title, LIMIT.buttonText) },
      value: JSON.stringify({ key, index }),
      style: 'primary',
    },
  ],
})
