// Where things are said at Slack, as conversations and ways of answering in them.

/** Stands before the message that a thread hangs on, behind the conversation. */
const THREAD = 'thread:'
const PANE = 'pane:'

/** The pane that a person opened: of a thread of its own, or above the whole conversation. */
export const panePlace = (user: string, channel: string, thread = ''): string =>
  `${user} ${PANE}${channel}:${thread}`

export const alone = (user: string) => ({
  channel: 'slack',
  sender: user,
  conversation: user,
  shared: false,
})

/** In a channel only the person sees the answer, by the address that came with what they said. */
export const among = (user: string, channel: string, hook?: string) => ({
  channel: 'slack',
  sender: user,
  conversation: `${channel}/${user}`,
  shared: true,
  ...(hook && { replyTo: `${channel}/${user} ${hook}` }),
})

/** The same, answered in the thread that it was said in. */
export const inThread = <Place extends { readonly conversation: string }>(
  place: Place,
  thread: string | undefined,
) => ({ ...place, ...(thread && { replyTo: `${place.conversation} ${THREAD}${thread}` }) })

export const placeOf = (user: string, channel: string | undefined, hook?: string) =>
  channel && !channel.startsWith('D') ? among(user, channel, hook) : alone(user)

/** Where a message goes. */
export interface Way {
  /** A channel, or a person in their own conversation with the bot. */
  readonly channel: string
  /** Who alone sees it there; absent: whoever reads along. */
  readonly user?: string
  /** The address that came with what it answers. */
  readonly hook?: string
  readonly thread?: string
  /** It is what the pane of this channel suggests. */
  readonly pane?: string
}

export function wayOf(conversation: string): Way {
  const [place = '', how = ''] = conversation.split(' ')
  const [channel = '', user] = place.split('/')
  const to = { channel, ...(user && { user }) }
  if (how.startsWith(THREAD)) return { ...to, thread: how.slice(THREAD.length) }
  if (!how.startsWith(PANE)) return { ...to, ...(how && { hook: how }) }
  const [pane = '', thread] = how.slice(PANE.length).split(':')
  return { ...to, pane, ...(thread && { thread }) }
}
