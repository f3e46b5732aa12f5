import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formModal, homeOf, modalOf } from '../../../src/channels/slack/draw/modal-render.ts'
import { render, textOf } from '../../../src/channels/slack/draw/render.ts'
import { read } from '../../../src/channels/slack/read.ts'
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
  type: fc.constantFrom('text', 'long-text', 'phone', 'amount', 'choice'),
  required: fc.boolean(),
  extra: fc.boolean(),
  value: fc.string({ maxLength: 900, unit: 'grapheme' }),
  options: fc.uniqueArray(fc.record({ label: short, value: fc.string({ maxLength: 200 }) }), {
    selector: ({ value }) => value,
    minLength: 1,
    maxLength: 120,
  }),
  known: fc.array(short, { maxLength: 3 }),
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
      for (const look of ['cards', 'tables', 'sections'] as const) {
        const blocks = render(each, 'key', [], look)
        const dated = look === 'sections'
        messageBlocks(JSON.parse(JSON.stringify(blocks)), new Set(), dated)
        expect(JSON.stringify(blocks).length).toBeLessThan(13_200)
      }
      expect(textOf(each).length).toBeGreaterThan(0)
    }),
    { numRuns: 300 },
  )
})

test('any form keeps within every limit of a modal, and any card of a home', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(field, { selector: ({ name }) => name, minLength: 1, maxLength: 110 }),
      short,
      card,
      fc.boolean(),
      (fields, title, each, whole) => {
        const form = { title, submit: title, intent: { command: 'need', input: {} }, fields }
        const place = { key: 'key', index: 0, at: 'U1' }
        viewOf(formModal(form, { blocks: [] }, { conversation: 'U1', place }, whole), new Set())
        viewOf(modalOf(each, 'U1', place), new Set())
        viewOf(homeOf(each, 'key'), new Set())
      },
    ),
    { numRuns: 200 },
  )
})

const says = (label: string): Button => ({ label, intent: { command: 'say', input: { label } } })
const lines = (count: number, more: Partial<ListItem> = {}): Block => ({
  ...{ kind: 'list', heading: '今天' },
  items: Array.from({ length: count }, (_, index) => {
    return { mark: `${index + 1}`, text: `**客户${index}** · 五金店\n上次没接`, ...more }
  }),
})
const figures = (...rows: string[][]): Block => ({ kind: 'table', columns: ['人', '金额'], rows })

test.each<[string, Block, string[]]>([
  ['few lines with buttons', lines(2, { buttons: [says('登记')] }), ['section', 'card', 'card']],
  [
    'what else may be done with them',
    lines(1, { buttons: [says('登记')], menu: [says('拒绝')] }),
    ['section', 'card', 'actions'],
  ],
  [
    'a line with more buttons than a card has',
    lines(1, { buttons: ['1', '2', '3', '4'].map(says) }),
    ['section', 'section', 'actions'],
  ],
  [
    'a line longer than a card',
    lines(1, { text: '长'.repeat(300), buttons: [says('登记')] }),
    ['section', 'section', 'actions'],
  ],
  ['lines without buttons', lines(3), ['section', 'section']],
  ['a long list', lines(23, { buttons: [says('登记')] }), Array(5).fill('container')],
  ['a long list to read', lines(11), ['container']],
  ['figures', figures(['张', '50万'], ['李', '']), ['data_table']],
  ['a table without rows', figures(), ['section']],
  [
    'more rows than a table has',
    figures(...Array(101).fill(['张', '1'])),
    ['data_table', 'section'],
  ],
  ['what must not be overlooked', { kind: 'text', text: '免打扰', alert: true }, ['alert']],
  ['a long alert', { kind: 'text', text: '长'.repeat(201), alert: true }, ['section']],
])('%s: as the blocks of 2026', (_, each, kinds) => {
  const blocks = render({ blocks: [each] }, 'key', [], 'cards')
  messageBlocks(blocks, new Set())
  expect(blocks.map(({ type }) => type)).toEqual(kinds)
})

test.each([
  [
    ['50万', '1.2亿', ''],
    [500_000, 120_000_000, null],
  ],
  [
    ['CNY 500,000', '800元'],
    [500_000, 800],
  ],
  [
    ['12%', '-3'],
    [12, -3],
  ],
  [
    ['3/20', '4'],
    [null, null],
  ],
  [
    ['约 5', '4'],
    [null, null],
  ],
])('figures sort by what they count: %j', (cells, values) => {
  const table = figures(...cells.map((cell) => ['张', cell]))
  const [drawn] = render({ blocks: [table] }, 'key', [], 'cards')
  const rows = drawn?.['rows'] as { value?: number }[][]
  expect(rows.slice(1).map(([, cell]) => cell?.value ?? null)).toEqual(values)
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
