const IS_TIER =
  '(?:(?:会?是|在|属于|归)?\\s*(?:[a-f]|优质目标|普通目标)(?:类|层|级|客户)*|(?:会?是|在|属于|归)(?:这|现在的?|目前的?)个?一?(?:分层|等级|层级|类别|层|类|级)|(?:还?没有?|未)(?:分层|等级|层级))'

/** A whole line that asks for the tier of a client, or why it is that. */
export const ASKS_TIER = new RegExp(
  `^(?:${[
    // 张三为什么是B类, 张三 怎么是C, 张三为什么是这个分层, 张三为什么没有分层.
    `(?<why>[\\p{L}·]{2,20}?)\\s*(?:这?个?客户)?(?:为什么|为啥|怎么|凭什么)${IS_TIER}`,
    // 为什么张三是B类.
    `(?:为什么|为啥|凭什么)\\s*(?<reasoned>[\\p{L}·]{2,20}?)\\s*(?:这?个?客户)?(?=是|会是|在|属于|归|没|还没|未)${IS_TIER}`,
    // 王大力是什么等级, 王大力 属于哪层.
    '(?<which>[\\p{L}·]{2,20}?)\\s*(?:这?个?客户)?(?:是|在|属于|归)(?:什么|哪个?|哪一)(?:等级|层级|分层|类别|层|类|级)(?:客户)?',
    // 李四 分层, 李四的分层依据, 李四是几类.
    '(?<whose>[\\p{L}·]{2,20}?)(?:\\s+的?(?:分层|等级|层级)|\\s*的?分层(?:依据|原因|理由)|\\s*(?:是|在|属于)几[类级层](?:的?客户)?)',
    // 李四怎么才能到A类.
    '(?<lifted>[\\p{L}·]{2,20}?)\\s*(?:这?个?客户)?(?:怎么|怎样|如何|要怎么)才?(?:能|可以)?(?:升|到|成为?|进|变成?)(?:为|到)?\\s*[a-f]\\s*(?:类|层|级|客户)*',
    "(?<owner>[a-z][a-z .-]{0,30}?)'s tier",
    'why is (?<because>[a-z][a-z .-]{0,30}?) (?:an? |in |a tier |tier )?(?:tier )?[a-f]',
    '(?:which|what) tier is (?<of>[a-z][a-z .-]{0,30}?)(?: in)?',
  ].join('|')})[吗呢啊\\s?？。.!]*$`,
  'iu',
)

/** Whose tier a line asks for; null: it does not ask. */
export function tierAskedOf(text: string): string | null {
  const found = text.match(ASKS_TIER)?.groups
  return (
    (
      found?.['why'] ??
      found?.['reasoned'] ??
      found?.['whose'] ??
      found?.['lifted'] ??
      found?.['owner'] ??
      found?.['which'] ??
      found?.['because'] ??
      found?.['of']
    )?.trim() ?? null
  )
}
