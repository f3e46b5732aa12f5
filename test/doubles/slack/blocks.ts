// What Slack refuses of Block Kit (docs.slack.dev/reference/block-kit, …/views).

type Json = Readonly<Record<string, unknown>>
/** Files that can be shown. */
interface Files {
  has(id: string): boolean
}

/** Throws what is wrong, as Slack says it in `response_metadata.messages`. */
class Wrong extends Error {}
const must = (holds: boolean, what: string) => {
  if (!holds) throw new Wrong(what)
}

function known(object: Json, where: string, fields: readonly string[]) {
  for (const name of Object.keys(object)) must(fields.includes(name), `${where}: no field ${name}`)
}

function text(value: unknown, where: string, most: number, kinds: readonly string[]) {
  const { type, text: words } = (value ?? {}) as Json
  known((value ?? {}) as Json, where, ['type', 'text', 'emoji', 'verbatim'])
  must(kinds.includes(String(type)), `${where}: a text of type ${type}`)
  must(typeof words === 'string' && words.length > 0, `${where}: no text`)
  must(String(words).length <= most, `${where}: longer than ${most}`)
}

function button(element: Json, where: string) {
  known(element, where, [
    'type',
    'text',
    'action_id',
    'value',
    'url',
    'style',
    'accessibility_label',
  ])
  text(element['text'], `${where}.text`, 75, ['plain_text'])
  must(String(element['value'] ?? '').length <= 2000, `${where}.value: longer than 2000`)
  must([undefined, 'primary', 'danger'].includes(element['style'] as never), `${where}.style`)
}

function option(value: unknown, where: string) {
  const each = value as Json
  known(each, where, ['text', 'value', 'description'])
  text(each['text'], `${where}.text`, 75, ['plain_text', 'mrkdwn'])
  const length = String(each['value'] ?? '').length
  must(length > 0 && length <= 150, `${where}.value: 1 to 150 characters`)
}

function input(element: Json, where: string) {
  switch (element['type']) {
    case 'plain_text_input': {
      known(element, where, [
        'type',
        'action_id',
        'multiline',
        'max_length',
        'min_length',
        'initial_value',
        'placeholder',
      ])
      must(Number(element['max_length'] ?? 1) <= 3000, `${where}.max_length`)
      const initial = String(element['initial_value'] ?? '')
      must(initial.length <= Number(element['max_length'] ?? 3000), `${where}.initial_value`)
      return
    }
    case 'datepicker':
      known(element, where, ['type', 'action_id', 'initial_date', 'placeholder'])
      must(
        /^(\d{4}-\d{2}-\d{2})?$/.test(String(element['initial_date'] ?? '')),
        `${where}.initial_date`,
      )
      return
    case 'static_select': {
      known(element, where, ['type', 'action_id', 'options', 'initial_option', 'placeholder'])
      const options = (element['options'] ?? []) as Json[]
      must(options.length >= 1 && options.length <= 100, `${where}.options: 1 to 100`)
      options.forEach((each, index) => {
        option(each, `${where}.options[${index}]`)
      })
      const initial = element['initial_option']
      const same = (each: Json) => JSON.stringify(each) === JSON.stringify(initial)
      must(!initial || options.some(same), `${where}.initial_option: none of the options`)
      return
    }
    case 'external_select':
    case 'multi_external_select': {
      const several = element['type'] === 'multi_external_select'
      const initial = several ? 'initial_options' : 'initial_option'
      known(element, where, ['type', 'action_id', 'min_query_length', 'placeholder', initial])
      const given = element[initial]
      const options = (several ? (given ?? []) : given ? [given] : []) as Json[]
      must(!several || given === undefined || options.length > 0, `${where}.${initial}: none`)
      options.forEach((each, index) => {
        option(each, `${where}.${initial}[${index}]`)
      })
      return
    }
    default:
      must(false, `${where}: an element of type ${element['type']}`)
  }
}

/** docs.slack.dev/reference/block-kit/blocks: what of them stands in a message, and in no view. */
function messageBlock(each: Json, where: string, files: Files): boolean {
  must(String(each['block_id'] ?? '').length <= 255, `${where}.block_id: longer than 255`)
  switch (each['type']) {
    case 'alert':
      known(each, where, ['type', 'text', 'level', 'block_id'])
      text(each['text'], where, 200, ['plain_text', 'mrkdwn'])
      must(
        [undefined, 'default', 'info', 'warning', 'error', 'success'].includes(
          each['level'] as never,
        ),
        `${where}.level`,
      )
      return true
    case 'card': {
      known(each, where, [
        ...['type', 'block_id', 'hero_image', 'icon', 'title', 'subtitle', 'body', 'actions'],
      ])
      const actions = (each['actions'] ?? []) as Json[]
      must(
        Boolean(each['title'] ?? each['body'] ?? each['hero_image'] ?? each['actions']),
        `${where}: empty`,
      )
      for (const [part, most] of [
        ['title', 150],
        ['subtitle', 150],
        ['body', 200],
      ] as const) {
        if (each[part] !== undefined) text(each[part], `${where}.${part}`, most, ['mrkdwn'])
      }
      must(!each['actions'] || actions.length > 0, `${where}.actions: none`)
      must(actions.length <= 3, `${where}.actions: more than 3`)
      unique(actions, where)
      for (const each of actions) {
        must(each['type'] === 'button', `${where}.actions: no button`)
        button(each, `${where}.actions`)
      }
      return true
    }
    case 'container': {
      known(each, where, [
        ...['type', 'block_id', 'title', 'rich_text_title', 'subtitle', 'child_blocks', 'width'],
        ...['icon', 'is_collapsible', 'default_collapsed', 'has_header_divider'],
      ])
      text(each['title'], `${where}.title`, 150, ['plain_text'])
      const children = each['child_blocks'] as Json[]
      must(children.length >= 1 && children.length <= 10, `${where}.child_blocks: 1 to 10`)
      must(
        !each['default_collapsed'] || each['is_collapsible'] === true,
        `${where}.default_collapsed: cannot be folded`,
      )
      children.forEach((child, index) => {
        const inside = `${where}.child_blocks[${index}]`
        must(CHILDREN.has(String(child['type'])), `${inside}: a block of type ${child['type']}`)
        block(child, inside, 'message', files)
      })
      return true
    }
    case 'data_table': {
      known(each, where, [
        ...['type', 'block_id', 'rows', 'caption', 'page_size', 'row_header_column_index'],
      ])
      const rows = each['rows'] as Json[][]
      const [head = []] = rows
      must(typeof each['caption'] === 'string' && each['caption'] !== '', `${where}.caption`)
      must(rows.length >= 2 && rows.length <= 101, `${where}.rows: 2 to 101`)
      must(head.length >= 1 && head.length <= 20, `${where}.rows: 1 to 20 columns`)
      for (const cell of rows.flat()) {
        const { type, text: shown, value } = cell
        known(cell, where, type === 'raw_number' ? ['type', 'text', 'value'] : ['type', 'text'])
        must(typeof shown === 'string' && shown.length > 0, `${where}: an empty cell`)
        must(type === 'raw_text' || type === 'raw_number', `${where}: a cell of type ${type}`)
        must(type === 'raw_text' || Number.isFinite(value), `${where}: no number`)
      }
      must(
        rows.every((row) => row.length === head.length),
        `${where}.rows: not of one length`,
      )
      const page = Number(each['page_size'] ?? 5)
      must(page >= 1 && page <= 100, `${where}.page_size: 1 to 100`)
      return true
    }
    default:
      return false
  }
}

const unique = (elements: readonly Json[], where: string) => {
  const ids = elements.map((element) => element['action_id'])
  must(new Set(ids).size === ids.length, `${where}: an action_id twice`)
}

/** What a container may hold. */
const CHILDREN = new Set(['actions', 'context', 'divider', 'header', 'image', 'section', 'table'])
/** What not every workspace has yet. */
const OF_2026 = new Set(['alert', 'card', 'container', 'data_table'])

function block(each: Json, where: string, at: 'message' | 'view', files: Files) {
  if (at === 'message' && messageBlock(each, where, files)) return
  switch (each['type']) {
    case 'header':
      known(each, where, ['type', 'text', 'block_id'])
      return text(each['text'], where, 150, ['plain_text'])
    case 'section': {
      known(each, where, ['type', 'text', 'fields', 'accessory', 'block_id', 'expand'])
      const fields = each['fields'] as unknown[] | undefined
      must(Boolean(each['text'] || fields), `${where}: neither text nor fields`)
      if (each['text']) text(each['text'], where, 3000, ['plain_text', 'mrkdwn'])
      must((fields ?? []).length <= 10, `${where}.fields: more than 10`)
      for (const field of fields ?? [])
        text(field, `${where}.fields`, 2000, ['plain_text', 'mrkdwn'])
      must(String(each['block_id'] ?? '').length <= 255, `${where}.block_id: longer than 255`)
      if (each['accessory']) input(each['accessory'] as Json, `${where}.accessory`)
      return
    }
    case 'actions': {
      known(each, where, ['type', 'elements', 'block_id'])
      const elements = each['elements'] as Json[]
      must(elements.length >= 1 && elements.length <= 25, `${where}.elements: 1 to 25`)
      unique(elements, where)
      for (const element of elements) {
        if (element['type'] === 'button') button(element, where)
        else input(element, where)
      }
      return
    }
    case 'image': {
      known(each, where, ['type', 'slack_file', 'image_url', 'alt_text', 'title', 'block_id'])
      const file = (each['slack_file'] as Json | undefined)?.['id']
      must(typeof each['alt_text'] === 'string', `${where}.alt_text`)
      return must(
        typeof file === 'string' && files.has(file),
        `${where}.slack_file: invalid_slack_file`,
      )
    }
    case 'input':
      known(each, where, [
        'type',
        'block_id',
        'label',
        'element',
        'optional',
        'hint',
        'dispatch_action',
      ])
      must(at === 'view', `${where}: an input in a message`)
      text(each['label'], `${where}.label`, 2000, ['plain_text'])
      if (each['hint']) text(each['hint'], `${where}.hint`, 2000, ['plain_text'])
      return input(each['element'] as Json, `${where}.element`)
    default:
      return must(false, `${where}: a block of type ${each['type']}`)
  }
}

const parsed = (value: unknown): unknown => (typeof value === 'string' ? JSON.parse(value) : value)

/** The blocks of a message; throws what Slack refuses. `dated`: a workspace without the blocks of 2026. */
export function messageBlocks(value: unknown, files: Files, dated = false): Json[] {
  const blocks = (parsed(value) ?? []) as Json[]
  must(Array.isArray(blocks), 'blocks: no list')
  const unknown = dated && blocks.find(({ type }) => OF_2026.has(String(type)))
  if (unknown) must(false, `unsupported type: ${unknown['type']}`)
  must(blocks.length <= 50, 'blocks: more than 50')
  blocks.forEach((each, index) => {
    block(each, `blocks[${index}]`, 'message', files)
  })
  const all = blocks.flatMap((each) => [each, ...((each['child_blocks'] ?? []) as Json[])])
  const ids = all.flatMap((each) => (each['block_id'] ? [each['block_id']] : []))
  must(new Set(ids).size === ids.length, 'blocks: a block_id twice')
  return blocks
}

/** What a search is answered with; throws what Slack refuses. */
export function suggestions(value: unknown): Json[] {
  const options = (value ?? []) as Json[]
  must(Array.isArray(options) && options.length <= 100, 'options: more than 100')
  options.forEach((each, index) => {
    option(each, `options[${index}]`)
  })
  return options
}

/** A view; throws what Slack refuses. */
export function viewOf(value: unknown, files: Files): Json {
  const view = parsed(value) as Json
  const { type, title, submit, close, blocks, private_metadata: memory } = view
  known(view, 'view', [
    'type',
    'title',
    'submit',
    'close',
    'blocks',
    'private_metadata',
    'callback_id',
    'clear_on_close',
    'notify_on_close',
    'external_id',
  ])
  must(type === 'modal' || type === 'home', 'view.type')
  if (type === 'modal') text(title, 'view.title', 24, ['plain_text'])
  else must(!title && !submit && !close, 'view: a home has no title and no buttons')
  if (submit) text(submit, 'view.submit', 24, ['plain_text'])
  if (close) text(close, 'view.close', 24, ['plain_text'])
  must(String(memory ?? '').length <= 3000, 'view.private_metadata: longer than 3000')
  const list = blocks as Json[]
  must(Array.isArray(list) && list.length <= 100, 'view.blocks: more than 100')
  list.forEach((each, index) => {
    block(each, `view.blocks[${index}]`, 'view', files)
  })
  const ids = list.flatMap((each) => (each['block_id'] ? [each['block_id']] : []))
  must(new Set(ids).size === ids.length, 'view.blocks: a block_id twice')
  if (list.some((each) => each['type'] === 'input'))
    must(Boolean(submit), 'view: inputs without submit')
  return view
}
