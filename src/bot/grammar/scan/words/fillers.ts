/** Words that only say that there will be a next time, how something is said, or nothing. */
const ZH =
  '再联系|联系他?|再打给[他她]|打给[他她]|再打(?:电话)?|打电话|再?见面?|面谈|再聊|再约|再说|再谈|再来电|再?回访|再?跟进|回电|提醒我?|那天|之前|大概|大约|左右|金额|想要|想|要|办|做|用|或者?|还有|以及|和|跟|及|与|说|了|的|吧|啊|呢|呀|再|前|给|在|来|打|见|去|还(?=要|想|需|办)|顺便|一张|也|都|全|均|还是|是|又|同样|仍然?|依然|一个?|个'
const EN =
  "call (?:him |her |them )?(?:back|again)|call(?: him| her| them)?|follow[ -]?up|contact|(?:will |to )?try(?: again)?|again|will|around|about|on|by|next|or|and|he's|she's|he|she|they|is|are|at|a|the|me"
const FILLERS = new RegExp(`[\\s,;:。、./!?~()"'…·-]|(?:${ZH})|(?:\\b(?:${EN})\\b)`, 'gi')

/** Whether a text has nothing but fillers and marks. */
export const isOnlyFillers = (text: string): boolean => text.replace(FILLERS, '') === ''
