import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formModal, homeOf, modalOf } from '../../../src/channels/slack/modal-render.ts'
import { read } from '../../../src/channels/slack/read.ts'
import { render, textOf } from '../../../src/channels/slack/render.ts'
import type { Block, Button, Card, FormField, ListItem } from '../../../src/core/card.ts'
import { newId } from '../../../src/core/ids.ts'
import { messageBlocks, viewOf } from '../../doubles/slack/blocks.ts'

const words = fc.string({ minLength: 1, maxLength: 4000, unit: 'grapheme' })
const short = fc.string({ minLength: 1, maxLength: 120, unit: 'grapheme' })
const button: fc.Arbitrary<Button> = fc.record({
  label: short,
  intent: fc.record({ command: short, input: fc.dictionary(short, short) }),
})
const field: fc.Arbitrary<FormField> = fc.record({
  name: fc.stringMatching(/^[a-z]{1,20}$/),
  label: short,
  type: fc.constantFrom('text', 'long-text', 'phone', 'amount'),
  required: fc.boolean(),
})
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text: words }),
  fc.record({
    kind: fc.constant('list' as const),
    heading: short,
    items: fc.array(
      fc.record({ mark: short, text: words, buttons: fc.array(button, { maxLength: 7 }) }),
      { maxLength: 60 },
    ),
  }),
  fc.record({
    kind: fc.constant('fields' as const),
    fields: fc.array(fc.record({ label: short, value: words }), { minLength: 1, maxLength: 25 }),
  }),
  fc.record({
    kind: fc.constant('table' as const),
    columns: fc.array(short, { minLength: 1, maxLength: 6 }),
    rows: fc.array(fc.array(short, { maxLength: 6 }), { maxLength: 200 }),
  }),
  fc.record({
    kind: fc.constant('buttons' as const),
    buttons: fc.array(button, { maxLength: 30 }),
  }),
)
const card: fc.Arbitrary<Card> = fc.record({
  title: words,
  blocks: fc.array(block, { maxLength: 12 }),
})

test('any card keeps within every limit of a message', () => {
  fc.assert(
    fc.property(card, (each) => {
      const blocks = render(each, 'key')
      messageBlocks(JSON.parse(JSON.stringify(blocks)), new Set())
      expect(JSON.stringify(blocks).length).toBeLessThan(13_200)
      expect(textOf(each).length).toBeGreaterThan(0)
    }),
    { numRuns: 300 },
  )
})

test('any form keeps within every limit of a modal, and any card of a home', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(field, { selector: ({ name }) => name, minLength: 1, maxLength: 20 }),
      short,
      card,
      (fields, title, each) => {
        const form = { title, submit: title, intent: { command: 'need', input: {} }, fields }
        viewOf(formModal(form, { blocks: [] }, 'U1'), new Set())
        viewOf(modalOf(each, 'key', 'U1'), new Set())
        viewOf(homeOf(each, 'key'), new Set())
      },
    ),
    { numRuns: 200 },
  )
})

test('what is typed into a card is escaped, and bold is bold', () => {
  const [section] = render({ blocks: [{ kind: 'text', text: '<!channel> **张三** & co' }] }, 'key')
  expect(JSON.stringify(section)).toContain('&lt;!channel&gt; \u200b*张三*\u200b &amp; co')
})

test('what does not fit is left out, and that is said', () => {
  const items = Array.from({ length: 80 }, (_, index) => ({
    text: `client ${index}`,
    buttons: [{ label: 'x', intent: { command: 'x', input: {} } }],
  }))
  const blocks = render({ blocks: [{ kind: 'list', items }] }, 'key')
  expect(blocks.length).toBeLessThanOrEqual(50)
  expect(JSON.stringify(blocks.at(-1))).toContain('未全部显示')
})

test.each([
  null,
  'text',
  {},
  { type: 'event_callback' },
  {
    type: 'event_callback',
    event_id: 'Ev1',
    event: { type: 'message', channel_type: 'channel', user: 'U1AB', text: 'x' },
  },
  {
    type: 'block_actions',
    user: { id: '../x' },
    trigger_id: '1',
    actions: [{ action_id: 'say:1' }],
  },
  {
    type: 'view_submission',
    user: { id: 'U1AB' },
    view: { id: 'V1', private_metadata: 'no', state: { values: {} } },
  },
])('%j is nothing for us', (body) => {
  expect(read(body)).toBeNull()
})

test('Slack’s markup is read as what people typed', () => {
  const event = {
    ...{ type: 'message', channel: 'D1', channel_type: 'im', ts: '1.1' },
    user: 'U1AB',
    text: '新客户 李四 <tel:13800138000|13800138000> A&amp;B &lt;店&gt;',
  }
  const arrived = read({ type: 'event_callback', event_id: 'Ev1', event })
  expect(arrived?.kind === 'event' && arrived.event.says).toEqual({
    kind: 'text',
    text: '新客户 李四 13800138000 A&B <店>',
  })
})

test('ten lines with six things to do each fit a message, their ids said once', () => {
  const items = Array.from({ length: 10 }, (_, index): ListItem => {
    const [task, client] = [newId(), newId()]
    const does = (label: string, command: string, input: object) => ({
      label,
      intent: { command, input },
    })
    const logs = (label: string, outcome: string) =>
      does(label, 'log-outcome', { taskId: task, outcome })
    return {
      mark: `${index + 1}`,
      text: '张建国 · 建国五金店 · A 重点 '.repeat(8),
      buttons: [
        { ...does('登记', 'outcome-form', { taskId: task }), opensForm: true },
        logs('没接', 'no-answer'),
        does('客户', 'client', { clientId: client }),
      ],
      menu: [
        logs('有意向', 'interested'),
        logs('拒绝', 'declined'),
        does('改期到下个工作日', 'postpone', { taskId: task }),
      ],
    }
  })
  const blocks = render({ title: '晨会', blocks: [{ kind: 'list', items }] }, 'key')
  expect(JSON.stringify(blocks).length).toBeLessThan(13_200)
  const menus = blocks.flatMap(({ accessory }) => (accessory ? [accessory] : []))
  expect(menus.map((menu) => (menu as { options: unknown[] }).options.length)).toEqual(
    Array(10).fill(6),
  )
  expect(() => messageBlocks(blocks, new Set())).not.toThrow()
})
