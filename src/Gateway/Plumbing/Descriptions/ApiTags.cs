namespace GridMesh.Gateway.Plumbing.Descriptions;

/// <summary>How the calls are put together in the description of the API.</summary>
internal static class ApiTags
{
    public const string Areas = "Areas";
    public const string Incidents = "Incidents";
    public const string Workers = "Workers";
    public const string Patrols = "Patrols";
    public const string Care = "Care";
    public const string Visits = "Visits";
    public const string Services = "Services";
    public const string Devices = "Devices";
    public const string Indices = "Indices";
    public const string Rules = "Rules";
    public const string Subscriptions = "Subscriptions";
    public const string Hotline = "Hotline";
    public const string Public = "Public";
    public const string SignIn = "SignIn";
    public const string Accesses = "Accesses";
    public const string Persons = "Persons";
    public const string Development = "Development";

    /// <summary>In their order, with what they are.</summary>
    public static ImmutableArray<(string Name, string Words)> All { get; } =
    [
        (Areas, "Areas and buildings, live 区域与楼栋"), (Incidents, "Cases and what is done with them 案件"),
        (Workers, "People of the grids, positions, shifts 人员"), (Patrols, "Patrol plans, rounds and check-ins 巡查"),
        (Care, "Watches over households 关爱"), (Visits, "Visits to households 走访"),
        (Services, "Services to people 代办"), (Devices, "Events of devices 设备"),
        (Indices, "Indices and the regular review 考核与研判"), (Rules, "Standards, calendar and ladders 规则"),
        (Subscriptions, "Webhooks 订阅"), (Hotline, "Orders of the hotline 12345 热线工单"),
        (SignIn, "Signing in by an account 账号登录"), (Accesses, "Who read what of people 查阅记录"),
        (Persons, "Who asks to be forgotten 个人信息删除"),
        (Public, "What everybody may ask 公开查询"),
        (Development, "In Development only 仅开发环境"),
    ];
}
