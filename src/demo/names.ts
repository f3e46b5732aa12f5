import type { Chance } from './chance.ts'

const SURNAMES = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万钱覃武戴孔汤庞樊',
]
const MALE = [
  ...'伟强磊军勇杰涛明超刚平辉鹏华飞波斌宇浩凯健俊帆帅旭宁龙林欢建国志文德海峰永康东新良成',
]
const FEMALE = [...'芳娜敏静丽艳娟霞秀玲桂英洁燕雪琳丹萍莉慧红梅兰凤云琴月珍婷倩颖怡佳欣']

/** A plausible name of nobody in particular. */
export function personName(chance: Chance): string {
  const given = chance.percent(60) ? MALE : FEMALE
  const second = chance.percent(55) ? chance.pick(given) : ''
  return `${chance.pick(SURNAMES)}${chance.pick(given)}${second}`
}

export interface Trade {
  readonly industry: string
  /** The class that risk gives the industry. */
  readonly industryClass: 'promising' | 'neutral' | 'cautious' | 'barred'
  readonly shops: readonly string[]
}

const trade = (
  industry: string,
  industryClass: Trade['industryClass'],
  ...shops: string[]
): Trade => ({ industry, industryClass, shops })

export const TRADES: Readonly<Record<Trade['industryClass'], readonly Trade[]>> = {
  promising: [
    trade('食品加工', 'promising', '食品厂', '糕点坊', '豆制品厂'),
    trade('医药零售', 'promising', '大药房', '医疗器械店'),
    trade('电子配件', 'promising', '电子厂', '数码配件'),
    trade('冷链物流', 'promising', '冷链运输', '冷库'),
  ],
  neutral: [
    trade('餐饮', 'neutral', '饭店', '小吃店', '火锅店', '面馆'),
    trade('五金建材', 'neutral', '五金店', '建材行', '门窗厂'),
    trade('服装批发', 'neutral', '服装店', '制衣厂', '鞋业'),
    trade('汽车维修', 'neutral', '汽修厂', '轮胎店'),
    trade('日用百货', 'neutral', '超市', '百货店', '母婴店'),
    trade('农产品', 'neutral', '粮油店', '果蔬批发', '茶叶行'),
    trade('印刷包装', 'neutral', '印刷厂', '包装厂'),
    trade('货运', 'neutral', '货运部', '运输队'),
  ],
  cautious: [
    trade('装修工程', 'cautious', '装饰公司', '工程队'),
    trade('娱乐', 'cautious', '歌厅', '网吧'),
    trade('煤炭贸易', 'cautious', '煤炭经营部'),
  ],
  barred: [trade('投资理财', 'barred', '投资咨询', '财富管理')],
}

const BRANDS = [...'顺兴福泰隆昌盛瑞恒丰益达源通利华鑫宏嘉安'].flatMap((first) =>
  [...'发达丰源和康盛通宝祥美佳'].map((second) => `${first}${second}`),
)

export const businessName = (chance: Chance, { shops }: Trade): string =>
  `${chance.pick(BRANDS)}${chance.pick(shops)}`

export const STREETS = [
  '河东路',
  '解放街',
  '兴业巷',
  '学院路',
  '滨江大道',
  '市场街',
  '工业一路',
  '站前街',
] as const
