/** A section (门类) or a division (大类) of the national classification of industries, GB/T 4754-2017. */
export interface Industry {
  /** The section's letter, and for a division its two digits: `H`, `H62`. */
  readonly code: string
  readonly name: string
  /** What else people call it; what may be of two divisions (建材, 园林绿化) is left to somebody who knows. */
  readonly words: readonly string[]
}

/**
 * Code, name, words. Codes and names are those of the standard's own table (its clause 5), compared row by row, and a
 * word stands where the standard has its class: whoever mends cars (8111) and telephones (8122) is in division 81.
 * Sections that are one division (房地产业, 教育, 国际组织) have its row alone.
 */
const TABLE = `
A 农林牧渔业 农、林、牧、渔业 农林牧渔
A01 农业 种植业 种植 农业种植 蔬菜种植 水果种植 粮食种植 茶叶种植 farming
A02 林业 苗木 苗圃 造林
A03 畜牧业 养殖 养殖业 养猪 养鸡 养牛 养羊 畜牧
A04 渔业 水产养殖 养鱼 捕捞 fishery
A05 农、林、牧、渔专业及辅助性活动 农业服务 农机服务
B 采矿业 采矿 矿业 mining
B06 煤炭开采和洗选业 煤矿 煤炭开采 洗煤
B07 石油和天然气开采业 石油开采
B08 黑色金属矿采选业 铁矿
B09 有色金属矿采选业 金矿 铜矿
B10 非金属矿采选业 采石 采石场 采砂 石料开采
B11 开采专业及辅助性活动
B12 其他采矿业
C 制造业 制造 工业 加工制造 生产制造 manufacturing
C13 农副食品加工业 农副食品加工 粮油加工 碾米 屠宰 肉类加工 豆制品 饲料加工 水产品加工
C14 食品制造业 食品制造 食品加工 糕点 烘焙食品 调味品 food
C15 酒、饮料和精制茶制造业 酿酒 白酒 酒厂 饮料制造 制茶 茶叶加工
C16 烟草制品业
C17 纺织业 纺织 织布 印染 家纺 textiles
C18 纺织服装、服饰业 服装制造 服装加工 制衣 服装厂 clothing
C19 皮革、毛皮、羽毛及其制品和制鞋业 制鞋 鞋厂 皮革 皮具 箱包制造
C20 木材加工和木、竹、藤、棕、草制品业 木材加工 木材 板材加工 木制品 竹制品
C21 家具制造业 家具制造 家具厂 家具加工 furniture
C22 造纸和纸制品业 造纸 纸制品 纸箱 纸品包装
C23 印刷和记录媒介复制业 印刷 印刷业 印刷包装 printing
C24 文教、工美、体育和娱乐用品制造业 玩具 工艺品 文具制造 玩具制造 工艺品制造
C25 石油、煤炭及其他燃料加工业 炼焦 炼油
C26 化学原料和化学制品制造业 化工 化工制造 涂料 日化 chemicals
C27 医药制造业 制药 药厂
C28 化学纤维制造业 化纤
C29 橡胶和塑料制品业 塑料 塑料制品 塑胶 注塑 橡胶制品 plastics
C30 非金属矿物制品业 水泥 水泥制品 玻璃 陶瓷 砖瓦 石材加工 混凝土
C31 黑色金属冶炼和压延加工业 炼钢 钢铁冶炼
C32 有色金属冶炼和压延加工业 铝材加工 铜材加工
C33 金属制品业 金属制品 五金加工 五金制品 钢结构 门窗制造 模具
C34 通用设备制造业 机械加工 机械制造 机加工 机床 machinery
C35 专用设备制造业 专用设备 医疗器械制造 农机制造
C36 汽车制造业 汽车零部件 汽车配件制造 汽配制造
C37 铁路、船舶、航空航天和其他运输设备制造业 造船 船舶制造 摩托车制造 电动车制造
C38 电气机械和器材制造业 电气设备 电线电缆 灯具制造 家电制造 电机
C39 计算机、通信和其他电子设备制造业 电子制造 电子元件 电子元器件 电子配件 电子厂 electronics
C40 仪器仪表制造业 仪器仪表
C41 其他制造业
C42 废弃资源综合利用业 再生资源加工
C43 金属制品、机械和设备修理业 设备维修 机械维修
D 电力、热力、燃气及水生产和供应业
D44 电力、热力生产和供应业 发电 光伏发电 供热
D45 燃气生产和供应业 燃气 液化气
D46 水的生产和供应业 自来水 供水
E 建筑业 建筑 建筑施工 工程施工 construction
E47 房屋建筑业 房屋建筑 房建
E48 土木工程建筑业 土木工程 市政工程 路桥 道路工程
E49 建筑安装业 建筑安装 机电安装 水电安装 消防安装
E50 建筑装饰、装修和其他建筑业 建筑装饰 装修 装饰 装潢 装修工程 装饰装修 室内装修 decoration
F 批发和零售业 批发零售 批发零售业 贸易 商贸 商业 trade
F51 批发业 批发 服装批发 食品批发 果蔬批发 水果批发 蔬菜批发 建材批发 五金批发 酒水批发 煤炭贸易 钢材贸易 外贸 进出口 进出口贸易 wholesale
F52 零售业 零售 超市 便利店 百货 日用百货 小卖部 服装店 服装零售 药店 药房 大药房 医药零售 五金店 母婴店 水果店 烟酒店 手机店 文具店 花店 眼镜店 加油站 汽车销售 二手车 电商 网店 淘宝 retail
G 交通运输、仓储和邮政业 交通运输 运输业 物流 物流业 交通运输业 logistics
G53 铁路运输业 铁路运输
G54 道路运输业 道路运输 公路运输 货运 货车运输 运输 客运 出租车 冷链运输 trucking
G55 水上运输业 水运 船运 航运
G56 航空运输业 航空运输
G57 管道运输业
G58 多式联运和运输代理业 货代 货运代理 运输代理
G59 装卸搬运和仓储业 仓储 仓库 装卸 搬运 冷库 仓储业 warehousing
G60 邮政业 快递 快递业 邮政 couriers
H 住宿和餐饮业 住宿餐饮 住宿餐饮业 餐饮住宿
H61 住宿业 住宿 酒店 宾馆 旅馆 民宿 旅店 招待所 酒店业 hotels
H62 餐饮业 餐饮 饭店 餐馆 餐厅 饭馆 酒楼 小吃 小吃店 面馆 火锅 火锅店 烧烤 烧烤店 快餐 快餐店 奶茶店 咖啡店 早餐店 食堂 餐饮服务 餐饮店 catering restaurants
I 信息传输、软件和信息技术服务业 信息技术 IT
I63 电信、广播电视和卫星传输服务 电信 通信服务
I64 互联网和相关服务 互联网 互联网服务 internet
I65 软件和信息技术服务业 软件 软件开发 软件业 信息技术服务 software
J 金融业 金融 finance
J66 货币金融服务 银行 小额贷款 典当 小贷 融资租赁
J67 资本市场服务 证券 基金 期货 投资理财 投资公司 securities
J68 保险业 保险 insurance
J69 其他金融业 信托
K70 房地产业 房地产 物业 物业管理 房产中介 房地产开发 real-estate
L 租赁和商务服务业 租赁和商务服务 商务租赁
L71 租赁业 租赁 设备租赁 汽车租赁 租车
L72 商务服务业 商务服务 广告 广告业 会计 代账 法律服务 咨询 人力资源 劳务派遣 旅行社 会展 advertising
M 科学研究和技术服务业 科学研究 技术服务
M73 研究和试验发展 研发
M74 专业技术服务业 检测 测绘 设计 勘察设计 工程设计
M75 科技推广和应用服务业 科技推广 技术推广
N 水利、环境和公共设施管理业
N76 水利管理业 水利
N77 生态保护和环境治理业 环保 环境治理 污水处理
N78 公共设施管理业 保洁绿化 绿化 景区 环卫
N79 土地管理业
O 居民服务、修理和其他服务业
O80 居民服务业 居民服务 美容 美发 理发 美容美发 家政 洗浴 足浴 洗衣 托育 殡葬 摄影 hairdressing
O81 机动车、电子产品和日用产品修理业 修理 维修 汽修 汽车修理 汽车维修 修车 汽车保养 家电维修 手机维修 洗车 garages
O82 其他服务业 清洁 保洁 保洁服务 宠物店 宠物服务
P83 教育 培训 教育培训 幼儿园 学校 驾校 education
Q 卫生和社会工作
Q84 卫生 诊所 医院 医疗 口腔 牙科 门诊 卫生服务 clinics
Q85 社会工作 养老 养老院 福利院
R 文化、体育和娱乐业 文化体育 文体娱乐
R86 新闻和出版业 出版
R87 广播、电视、电影和录音制作业 影视 影视制作 电影院 影院
R88 文化艺术业 文化艺术 文化传播 演出
R89 体育 健身 健身房 体育健身 gyms
R90 娱乐业 娱乐 歌厅 网吧 KTV 棋牌 棋牌室 游乐 游戏厅 entertainment
S 公共管理、社会保障和社会组织
S91 中国共产党机关
S92 国家机构
S93 人民政协、民主党派
S94 社会保障
S95 群众团体、社会团体和其他成员组织 协会 商会 社会团体
S96 基层群众自治组织及其他组织 村委会 居委会
T97 国际组织
`

export const INDUSTRIES: readonly Industry[] = TABLE.trim()
  .split('\n')
  .map((line) => {
    const [code = '', name = '', ...words] = line.split(' ')
    return { code, name, words }
  })

const BY_CODE = new Map(INDUSTRIES.map((industry) => [industry.code, industry]))

export const INDUSTRY_CODES = INDUSTRIES.map(({ code }) => code) as [string, ...string[]]

/** An industry by its code, a division by its digits alone too: `H62`, `62`; null: there is none. */
export function industryOf(code: string): Industry | null {
  const said = code.normalize('NFKC').trim().toUpperCase()
  return (
    BY_CODE.get(said) ??
    (/^\d\d$/.test(said) ? (INDUSTRIES.find((each) => each.code.slice(1) === said) ?? null) : null)
  )
}

/** The divisions of a section; of a division, itself. */
export const divisionsOf = (code: string): readonly Industry[] =>
  INDUSTRIES.filter((each) => each.code.length === 3 && each.code.startsWith(code))
