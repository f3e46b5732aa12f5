// The assistant's pane as its documentation has it (docs.slack.dev/ai, …/reference/methods/assistant.threads.*).

type Json = Readonly<Record<string, unknown>>

/** A pane that somebody opened. */
export interface SlackPane {
  prompts: readonly { readonly title: string; readonly message: string }[]
  heading: string
  title: string
  /** What it says it is doing; empty: nothing. An answer in the thread ends it. */
  status: string
  /** All that it ever said so. */
  readonly statuses: string[]
}

export const paneKey = (channel: string, thread?: string): string =>
  [channel, thread].filter(Boolean).join(' ')

export const PANE_NEEDS = {
  'assistant.threads.setStatus': 'chat:write',
  'assistant.threads.setTitle': 'assistant:write',
  'assistant.threads.setSuggestedPrompts': 'assistant:write',
}

/** Panes by channel and thread; the one above a conversation by its channel. */
export function createPanes(refuse: (error: string) => never) {
  const panes = new Map<string, SlackPane>()
  const of = ({ channel_id: channel, thread_ts: thread }: Json): SlackPane => {
    return panes.get(paneKey(String(channel), thread as string)) ?? refuse('invalid_thread_ts')
  }
  const words = (value: unknown): string =>
    typeof value === 'string' && value !== '' ? value : refuse('invalid_arguments')
  return {
    panes,
    open(channel: string, thread?: string) {
      const blank = { prompts: [], heading: '', title: '', status: '', statuses: [] }
      panes.set(paneKey(channel, thread), blank)
    },
    /** The bot said something in a thread. */
    answered(channel: string, thread?: string) {
      const pane = panes.get(paneKey(channel, thread))
      if (pane) pane.status = ''
    },
    methods: {
      'assistant.threads.setStatus': (body: Json): Json => {
        const pane = of(body)
        pane.status = String(body['status'] ?? '')
        pane.statuses.push(pane.status)
        return {}
      },
      'assistant.threads.setTitle': (body: Json): Json => {
        of(body).title = words(body['title'])
        return {}
      },
      'assistant.threads.setSuggestedPrompts': (body: Json): Json => {
        const pane = of(body)
        const given = body['prompts']
        const prompts = (typeof given === 'string' ? JSON.parse(given) : (given ?? [])) as Json[]
        if (prompts.length < 1 || prompts.length > 4) refuse('invalid_arguments')
        pane.prompts = prompts.map(({ title, message }) => {
          return { title: words(title), message: words(message) }
        })
        pane.heading = String(body['title'] ?? '')
        return {}
      },
    } as Record<string, (body: Json) => Json>,
  }
}
