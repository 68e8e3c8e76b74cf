using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Json;

namespace GridMesh.Demo.Tables;

/// <summary>
/// Filing standards of the demo: realistic in kind and limit, not copied from any town's table. Columns: category,
/// name, English name, line, severity, limit and clock (u urgent hours, h work hours, w work days, d calendar days),
/// filing condition, closing condition, responsible body, alarm.
/// </summary>
internal static class StandardTable
{
    private const string Rows = """
        cover-missing|井盖缺失|Missing manhole cover|UrbanManagement|Urgent|2u|井盖丢失，井口裸露|补装井盖，路面平整|urban|
        cover-broken|井盖破损|Broken manhole cover|UrbanManagement|Normal|4u|井盖开裂或缺角|更换井盖|urban|
        cover-noisy|井盖异响|Noisy manhole cover|UrbanManagement|Normal|2w|车辆碾压有明显响声|加固消除响声|urban|
        cover-sunk|井盖沉降|Sunken manhole cover|UrbanManagement|Normal|5w|井盖低于路面 2 厘米以上|调平|urban|
        litter|暴露垃圾|Exposed litter|UrbanManagement|Normal|4h|道路或公共区域有暴露垃圾|清理干净|urban|
        rubble|建筑渣土乱倒|Dumped rubble|UrbanManagement|Normal|1w|乱倒建筑垃圾|清运并恢复原状|urban|
        bin-full|垃圾桶满溢|Overflowing bin|UrbanManagement|Normal|4h|垃圾外溢|清运|urban|
        road-damage|路面破损|Damaged road surface|UrbanManagement|Normal|5w|路面坑洼影响通行|修复路面|urban|
        kerb-damage|路缘石破损|Damaged kerb|UrbanManagement|Normal|5w|路缘石破损或松动|修复|urban|
        street-lamp|路灯不亮|Street lamp out|UrbanManagement|Normal|1w|路灯夜间不亮|恢复照明|power|
        sign-damage|交通标志破损|Damaged traffic sign|UrbanManagement|Normal|1w|标志缺失或破损|修复或补装|traffic|
        guardrail|护栏损坏|Damaged guard rail|UrbanManagement|Normal|2w|护栏倒伏或缺失|修复|urban|
        tree-fallen|树木倒伏|Fallen tree|UrbanManagement|Urgent|2u|树木倒伏影响通行或安全|清理恢复通行|urban|
        green-damage|绿地破坏|Damaged greenery|UrbanManagement|Normal|5w|绿地被踩踏、侵占或缺株|补种恢复|urban|
        water-leak|供水管爆裂|Burst water main|UrbanManagement|Urgent|4u|路面冒水或停水|止漏并恢复供水|water|
        sewage|污水外溢|Sewage overflow|UrbanManagement|Urgent|4u|污水外溢到路面|疏通并清洗|water|
        flooding|道路积水|Flooded road|UrbanManagement|Urgent|2u|积水超过 15 厘米|排除积水|urban|
        power-pole|电力设施损坏|Damaged power facility|UrbanManagement|Urgent|4u|电杆倾斜、电线垂落或箱体破损|修复|power|
        loose-wire|乱拉电线|Loose wires|UrbanManagement|Normal|2w|飞线、乱拉电线|拆除或规整|power|
        telecom-box|通信交接箱破损|Damaged telecom box|UrbanManagement|Normal|2w|箱门敞开或破损|修复|urban|
        bike-parking|共享单车乱停|Disorderly shared bikes|UrbanManagement|Normal|4h|占压盲道或影响通行|摆放整齐|urban|
        car-parking|机动车乱停放|Illegal parking|UrbanManagement|Normal|4h|占用消防通道、人行道|驶离|traffic|
        occupied-road|占道经营|Street vendors in the road|UrbanManagement|Normal|4h|占用道路经营|劝离并清理|urban|
        shop-overflow|店外经营|Trading outside the shop|UrbanManagement|Normal|4h|超出门窗摆卖|整改|urban|
        small-ads|非法小广告|Illegal small ads|UrbanManagement|Normal|1w|墙面、电杆张贴涂写|清除|urban|
        signboard|广告招牌隐患|Unsafe signboard|UrbanManagement|Urgent|4u|招牌松动可能坠落|加固或拆除|urban|
        illegal-building|违法建设|Illegal construction|UrbanManagement|Normal|7w|新增违法建设|停工并拆除|urban|
        site-dust|工地扬尘|Dust from a building site|UrbanManagement|Normal|4h|裸土未覆盖、未喷淋|整改到位|housing|
        night-noise|施工噪声扰民|Building noise at night|UrbanManagement|Normal|2u|夜间违规施工|停止施工|urban|
        dust-truck|渣土车撒漏|Spilling truck|UrbanManagement|Normal|2u|道路撒漏|清洗路面|urban|
        straw-burning|秸秆焚烧|Straw burning|UrbanManagement|Urgent|2u|露天焚烧秸秆、垃圾|扑灭并清理|agriculture|
        river-litter|河道漂浮物|Floating litter in the river|UrbanManagement|Normal|1w|水面漂浮垃圾|打捞|river|
        dog-unleashed|犬只未牵绳|Dog off the lead|UrbanManagement|Normal|4h|公共场所犬只未牵绳|劝导教育|urban|
        bench-damage|公共座椅破损|Damaged public bench|UrbanManagement|Normal|5w|座椅断裂、缺失|修复或更换|urban|
        bus-shelter|公交站亭破损|Damaged bus shelter|UrbanManagement|Normal|5w|顶棚、灯箱破损|修复|traffic|
        toilet|公厕脏污损坏|Dirty or broken public toilet|UrbanManagement|Normal|4h|设施损坏或卫生差|清洁并修复|urban|
        storm-drain|雨水箅子堵塞|Blocked storm drain|UrbanManagement|Normal|1w|箅子堵塞、缺失|疏通或补装|water|
        hydrant|消火栓漏水缺失|Leaking or missing hydrant|UrbanManagement|Urgent|4u|漏水、缺盖、被埋压|修复|water|
        traffic-light|信号灯故障|Traffic light out of order|UrbanManagement|Urgent|2u|不亮、乱闪|恢复正常|traffic|
        lane-marking|标线磨损|Worn road marking|UrbanManagement|Normal|7w|斑马线、车道线不清|补划|traffic|
        bridge-damage|桥梁设施损坏|Damaged bridge|UrbanManagement|Urgent|4u|栏杆、伸缩缝损坏|警戒并修复|urban|
        tree-branch|枯枝危树|Dangerous branches|UrbanManagement|Normal|2w|枯枝可能坠落|修剪|urban|
        oil-smoke|油烟扰民|Cooking fumes|UrbanManagement|Normal|2w|未装净化设施直排|整改|urban|
        square-noise|广场噪声扰民|Noise on a square|UrbanManagement|Normal|4h|超时、音量过大|劝导|urban|
        river-sewage|污水直排河道|Sewage into a river|UrbanManagement|Urgent|4u|排口有污水直排|封堵溯源|river|
        dead-animal|动物尸骸|Dead animal|UrbanManagement|Normal|4h|路面有动物尸体|清理消毒|urban|
        wall-scribble|墙面污损|Soiled wall|UrbanManagement|Normal|2w|涂写、破损、污渍|清洗修补|urban|
        street-order|街面秩序异常|Street order alarm|UrbanManagement|Normal|4h|摄像头识别占道、聚集、乱停|现场处置完毕|urban|StreetOrder
        neighbour-dispute|邻里纠纷|Dispute between neighbours|Petitions|Normal|5w|邻里因噪声、漏水等发生争执|调解达成一致|justice|
        family-dispute|家庭纠纷|Family dispute|Petitions|Urgent|3w|家庭矛盾可能激化|调解并回访|justice|
        property-dispute|物业纠纷|Dispute with the property company|Petitions|Normal|5w|业主与物业矛盾|协商答复|housing|
        land-dispute|土地山林纠纷|Land dispute|Petitions|Normal|10w|土地、山林权属争议|调解或引导诉讼|justice|
        wage-dispute|欠薪纠纷|Unpaid wages|Petitions|Major|5w|五人以上或涉及农民工欠薪|支付或立案查处|labour|
        consumer-dispute|消费纠纷|Consumer dispute|Petitions|Normal|5w|消费者投诉商家|调解|market|
        group-petition|群体性诉求|Collective petition|Petitions|Major|3w|五人以上集中反映|接访答复|petitions|
        noise-dispute|噪声纠纷|Dispute about noise|Petitions|Normal|5w|生活、经营噪声争执|调解|justice|
        leak-dispute|漏水纠纷|Dispute about a leak|Petitions|Normal|5w|上下层漏水争执|查明责任并修复|housing|
        demolition-dispute|征拆矛盾|Dispute about demolition|Petitions|Major|10w|补偿安置有争议|协商答复|housing|
        medical-dispute|医患纠纷|Dispute with a hospital|Petitions|Urgent|5w|医患矛盾可能激化|引导调解|justice|
        school-dispute|涉校纠纷|Dispute with a school|Petitions|Normal|5w|家校矛盾|调解答复|petitions|
        repeat-petition|重复信访化解|Repeated petition|Petitions|Major|20w|同一事项多次来访|领导包案化解|petitions|
        petition-followup|信访事项回访|Petition follow-up|Petitions|Normal|7d|到期需回访的信访事项|回访并记录|petitions|
        fight|打架斗殴|Brawl|PublicSecurity|Urgent|1u|发现打架斗殴|制止并移交|police|
        theft|盗窃警情|Theft|PublicSecurity|Urgent|2u|群众反映被盗|受理登记|police|
        fraud|电信诈骗预警|Telecom fraud warning|PublicSecurity|Urgent|2u|疑似正在被骗|见面劝阻|police|
        rented-room|出租屋登记|Rented room registration|PublicSecurity|Normal|3w|出租屋或流动人口未登记|完成登记|police|
        gathering|异常聚集|Unusual gathering|PublicSecurity|Urgent|2u|人员异常聚集|疏导离开|police|
        gambling|聚众赌博线索|Gambling lead|PublicSecurity|Normal|1w|疑似聚众赌博|核查处理|police|
        road-hazard|交通安全隐患|Traffic hazard|PublicSecurity|Normal|2w|路口盲区、逆行多发|整改|traffic|
        special-person|重点人员走访|Visit to a person of concern|PublicSecurity|Normal|3d|到期未走访|完成走访|politics-law|
        lost-person|走失人员查找|Missing person|PublicSecurity|Urgent|1u|老人、儿童走失|找到并送回|police|
        pyramid-sale|传销线索|Pyramid selling lead|PublicSecurity|Urgent|4u|疑似传销窝点|核查取缔|police|
        drug-lead|涉毒线索|Drug lead|PublicSecurity|Major|2u|疑似吸贩毒|核查移交|police|
        railway-safety|铁路护路隐患|Hazard beside a railway|PublicSecurity|Urgent|4u|护栏破口、轻飘物|封堵清理|politics-law|
        school-gate|校园周边秩序|Order around a school|PublicSecurity|Normal|4h|上下学拥堵、闲散人员|疏导|police|
        parcel-safety|寄递安全隐患|Unsafe parcel station|PublicSecurity|Normal|2w|未实名、未验视|整改|police|
        camera-fault|公共视频故障|Broken public camera|PublicSecurity|Normal|2w|摄像头离线、偏移|修复|police|
        intrusion|区域入侵报警|Intrusion alarm|PublicSecurity|Urgent|1u|摄像头识别人员闯入|现场核查排除|police|Intrusion
        fire-exit|消防通道堵塞|Blocked fire exit|Emergency|Urgent|4u|消防通道被占用、堵塞|清除|fire|
        ebike-charging|电动车违规充电|Unsafe e-bike charging|Emergency|Urgent|2u|楼道内停放或充电|移走|fire|
        extinguisher|消防设施缺失|Missing fire equipment|Emergency|Normal|2w|灭火器缺失或过期|补齐更换|fire|
        gas-smell|燃气泄漏|Smell of gas|Emergency|Major|1u|闻到燃气味|排险并恢复|gas|
        fire|火情|Fire|Emergency|Major|1u|发现明火或浓烟|扑灭|fire|
        building-risk|房屋安全隐患|Unsafe building|Emergency|Urgent|4u|墙体开裂、倾斜|撤离并鉴定|housing|
        slope|边坡滑塌隐患|Unstable slope|Emergency|Urgent|4u|边坡开裂、落石|警戒并处置|emergency|
        chemical|危化品违规存放|Unsafe chemicals|Emergency|Major|4u|违规存放危险品|清除|emergency|
        lift-trapped|电梯困人|People trapped in a lift|Emergency|Major|1u|电梯困人|救出并检修|housing|
        lift-fault|电梯故障|Lift out of order|Emergency|Urgent|4u|停运、异响、平层不准|检修恢复|housing|
        roof-garden|高空坠物隐患|Danger of falling objects|Emergency|Urgent|4u|外墙、阳台物品松动|移除加固|housing|
        typhoon-shelter|避险转移|Evacuation|Emergency|Major|2u|接到预警需转移|转移安置到位|emergency|
        well-open|废弃井坑未封|Open abandoned well|Emergency|Urgent|4u|井坑裸露|封填警戒|emergency|
        crowded-stairs|楼道堆物|Stairs full of things|Emergency|Normal|2w|楼道堆放杂物|清理|fire|
        gas-bottle|违规使用瓶装气|Unsafe use of bottled gas|Emergency|Urgent|4u|地下室、人员密集处使用|拆除|gas|
        workshop-risk|三合一场所隐患|Workshop, store and home in one|Emergency|Urgent|3w|住宿与生产储存合用|整改分离|fire|
        smoke|烟感报警|Smoke alarm|Emergency|Urgent|1u|烟感探测器报警|现场核查排除|fire|Smoke
        fire-risk|火灾隐患识别|Fire risk seen by camera|Emergency|Urgent|2u|摄像头识别烟火、电动车进楼|现场处置完毕|fire|FireRisk
        water-level|水位超警戒|Water level above warning|Emergency|Major|1u|水位超过警戒线|巡查警戒至退水|river|WaterLevel
        drowning|溺水风险|Drowning risk|Emergency|Major|1u|禁泳水域有人下水|劝离或救起|emergency|Drowning
        elderly-alone|独居老人关爱|Care for an elderly person alone|CivilAffairs|Urgent|4u|独居老人异常或求助|上门确认平安|civil|
        hardship|困难群众帮扶|Help in hardship|CivilAffairs|Normal|5w|家庭遇到困难|落实帮扶|civil|
        left-behind-child|留守儿童关爱|Care for a left-behind child|CivilAffairs|Normal|3w|无人照料|落实监护|civil|
        homeless|流浪人员救助|Help for a homeless person|CivilAffairs|Urgent|4u|发现流浪乞讨人员|救助安置|civil|
        elderly-card|老年人优待证代办|Card for the elderly, service|CivilAffairs|Normal|10w|群众申请代办|办结送达|civil|
        pension-check|养老待遇认证上门|Pension check at home|CivilAffairs|Normal|5w|行动不便需上门认证|完成认证|labour|
        temporary-aid|临时救助申请|Request for temporary aid|CivilAffairs|Urgent|3w|突发困难|核实救助|civil|
        low-income-check|低保动态核查|Check of low-income aid|CivilAffairs|Normal|7d|到期复核|核实更新|civil|
        veteran-care|退役军人走访|Visit to a veteran|CivilAffairs|Normal|7d|到期走访|完成走访|civil|
        birth-service|生育登记代办|Birth registration service|CivilAffairs|Normal|5w|群众申请代办|办结告知|health|
        funeral-custom|丧事占道劝导|Funeral in the road|CivilAffairs|Normal|4h|占道搭棚、燃放|劝导整改|civil|
        disability-card|残疾证代办|Disability certificate service|CivilAffairs|Normal|10w|群众申请代办|办结送达|civil|
        insurance-service|灵活就业参保代办|Flexible-employment insurance service|CivilAffairs|Normal|5w|群众申请代办|办结告知|labour|
        job-help|就业帮扶|Help to find work|CivilAffairs|Normal|7w|失业需帮助|推荐岗位|labour|
        party-activity|党员活动组织|Party activity|PartyBuilding|Normal|7d|支部活动待组织|完成并记录|party|
        party-visit|党员联系户走访|Visit by a party member|PartyBuilding|Normal|7d|联系户到期未走访|完成走访|party|
        volunteer|志愿服务需求|Call for volunteers|PartyBuilding|Normal|3d|群众提出志愿服务需求|完成服务|party|
        double-report|双报到服务|Party members report to the community|PartyBuilding|Normal|7d|报到党员待安排服务|完成服务|party|
        micro-wish|微心愿认领|A small wish|PartyBuilding|Normal|7d|困难群众提出微心愿|认领并完成|party|
        building-meeting|楼栋议事|Meeting of a building|PartyBuilding|Normal|7d|居民提出议事事项|议定并公示|party|
        flowing-member|流动党员联系|Party member away from home|PartyBuilding|Normal|7d|到期未联系|完成联系|party|
        party-advice|群众意见建议|Suggestions from residents|PartyBuilding|Normal|5w|收集到意见建议|答复|party|
        fever|发热病例线索|Fever case lead|Epidemic|Urgent|2u|出现聚集性发热|流调处置|health|
        dengue|蚊媒孳生地|Mosquito breeding place|Epidemic|Normal|1w|积水容器孳生蚊幼虫|清除积水|health|
        rats|鼠患|Rats|Epidemic|Normal|3w|鼠类活动频繁|消杀|health|
        food-safety|食品安全线索|Food safety lead|Epidemic|Urgent|4u|疑似食物中毒或变质食品|查处|market|
        gathered-cough|呼吸道聚集性病例|Cluster of respiratory cases|Epidemic|Urgent|4u|学校、机构多人发病|流调处置|health|
        vaccination|疫苗接种动员|Vaccination reminder|Epidemic|Normal|7d|适龄未接种|动员并登记|health|
        medical-waste|医疗废物散落|Scattered medical waste|Epidemic|Urgent|2u|发现医疗废物|封存清运|health|
        cockroach|蟑螂臭虫消杀|Cockroaches and bugs|Epidemic|Normal|3w|公共区域虫害|消杀|health|
        stray-dog|流浪犬聚集|Stray dogs|Epidemic|Urgent|4u|犬只聚集可能伤人|捕捉收容|agriculture|
        animal-disease|动物疫情线索|Animal disease lead|Epidemic|Major|4u|禽畜异常死亡|封控处置|agriculture|
        """;

    public static ImmutableArray<FilingStandard> All { get; } = [.. Rows.Split('\n').Select(Parse)];

    private static FilingStandard Parse(string row)
    {
        var cells = row.Split('|');
        return new FilingStandard(
            cells[0], cells[1], cells[2], EnumName.Parse<Line>(cells[3]), EnumName.Parse<Severity>(cells[4]),
            int.Parse(cells[5].AsSpan(0, cells[5].Length - 1)), Clock(cells[5][^1]), cells[6], cells[7],
            DepartmentTable.Id(cells[8]), cells[9].Length == 0 ? null : EnumName.Parse<SensorKind>(cells[9]),
            EvidenceTable.Of(cells[0], EnumName.Parse<Line>(cells[3])));
    }

    private static ClockKind Clock(char letter) => letter switch
    {
        'u' => ClockKind.UrgentHour,
        'h' => ClockKind.WorkHour,
        'w' => ClockKind.WorkDay,
        'd' => ClockKind.NaturalDay,
        _ => throw new FormatException($"no clock '{letter}'"),
    };
}
