using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace GridMesh.Load;

internal static class Program
{
    /// <summary>After Ctrl+C, how long a scenario may take to judge what it has and to end its processes.</summary>
    private static readonly TimeSpan s_cleanUpMax = TimeSpan.FromMinutes(2);

    public static Task<int> Main(string[] arguments) =>
        RunAsync(arguments, new Terminal(TimeProvider.System, Console.Out, Console.Error));

    public static async Task<int> RunAsync(string[] arguments, Terminal terminal)
    {
        var parsed = Root(terminal).Parse(arguments);
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpAction)
            return await ScenarioCommand.RefuseAsync(parsed.Errors.Select(error => error.Message), terminal.Progress);
        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = terminal.Output, Error = terminal.Progress, EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = s_cleanUpMax,
        });
    }

    private static RootCommand Root(Terminal terminal)
    {
        var root = new RootCommand(
            "Load and fault scenarios for GridMesh: each prints a report and exits 1 when a threshold is missed. "
            + "负载与故障场景。");
        void Add<T>(
            string name, string text, T defaults, Func<T, LoadContext, Func<CancellationToken, Task<Report>>> scenario)
            where T : LoadOptions => root.Add(ScenarioCommand.Create(name, text, terminal, defaults, scenario));
        Add("latency", "Reports cases at a fixed rate and measures until they are on the wall. 上报到大屏的时延。",
            new LatencyOptions(), (options, context) => new LatencyScenario(options, context).RunAsync);
        Add("district", "A day of a district of a million people in minutes. 百万人口区划的一天。",
            new DistrictOptions(), (options, context) => new DistrictScenario(false, options, context).RunAsync);
        Add("soak", "The busy hour of a district; memory and handles have to stay flat. 长时间运行，内存与句柄须平稳。",
            new DistrictOptions { Duration = TimeSpan.FromHours(1) },
            (options, context) => new DistrictScenario(true, options, context).RunAsync);
        Add("people", "Adds districts of a million people until a threshold breaks. 逐步增加区划直到某项指标不达标。", new PeopleOptions(),
            (options, context) => new PeopleScenario(options, context).RunAsync);
        Add("ingest", "As many positions as go in, single and in batches, beside Kestrel alone. 位置上报能力。",
            new IngestOptions(), (options, context) => new IngestScenario(options, context).RunAsync);
        Add("kill", "Kills a silo of its own under load and looks for what was acknowledged. 强制终止后核对已确认的数据。",
            new KillOptions(), (options, context) => new KillScenario(options, context).RunAsync);
        Add("faults",
            "Database, disk, line or clock of a silo of its own go wrong under load; all is looked up. 故障后核对数据。",
            new FaultOptions(), (options, context) => new FaultScenario(options, context).RunAsync);
        Add("cluster",
            "Silos and gateways on a PostgreSQL of their own: one silo killed, one drained, one added under traffic. "
            + "多节点集群的故障。",
            new LoadOptions(), (_, context) => new ClusterScenario(context).RunAsync);
        Add("seed",
            "Makes districts with a year of closed cases and imports them into an empty store. 生成区划和一年的已结案件并导入。",
            new SeedOptions(), (options, context) => new SeedScenario(options, context).RunAsync);
        Add("fanout",
            "Thousands of walls and phones on one gateway, beside a bare SignalR hub. 万级大屏与手机的推送性能。",
            new FanoutOptions(), (options, context) => new FanoutScenario(options, context).RunAsync);
        Add("reconnect", "All lines are cut at once and everybody comes back within --duration. 全部断线后限时重连。",
            new ReconnectOptions(), (options, context) => new ReconnectScenario(options, context).RunAsync);
        Add("lifecycle",
            "Takes cases through the whole loop by HTTP, at a fixed rate or as many as some callers can. 案件全流程。",
            new LifecycleOptions(), (options, context) => new LifecycleScenario(options, context).RunAsync);
        Add("burst", "Spikes of lifecycles: 1, 15, 1, 25, 2, 35, 10, 0 a second, and multiples of it. 突发峰值。",
            new BurstOptions(), (options, context) => new BurstScenario(options, context).RunAsync);
        Add("storm", "A hundred times the cases of one town, while the rest goes on. 单镇街暴增。",
            new StormOptions(), (options, context) => new StormScenario(options, context).RunAsync);
        Add("deadlines",
            "Lets a district's cases fall due in the same minute and looks at how late each was. 同一分钟大量到期。",
            new DeadlineOptions(), (options, context) => new DeadlineScenario(options, context).RunAsync);
        Add("watches",
            "What very many watches cost between their events, and whether alarms come in time. 关爱：平时开销与报警准时。",
            new WatchOptions(), (options, context) => new WatchScenario(options, context).RunAsync);
        Add("patrols",
            "The rounds of a district in one window, by position and by code, some missed. 全区巡查：围栏、扫码与漏巡。",
            new PatrolOptions(), (options, context) => new PatrolScenario(options, context).RunAsync);
        Add("open311",
            "An app reports by Open311 and reads; each acknowledged request is a case. Open311 上报与查询。",
            new RequestOptions(), (options, context) => new RequestScenario(options, context).RunAsync);
        Add("search",
            "Searches of every kind over the cases of years: area, step, line, category, owner, time, text. 案件检索。",
            new QuestionOptions(),
            (options, context) => new QuestionScenario(QuestionSets.Search, options, context).RunAsync);
        Add("kpis", "Indices of areas, owners and posts by hour, day and month, with the spans before. 考核指标查询。",
            new QuestionOptions(),
            (options, context) => new QuestionScenario(QuestionSets.Kpis, options, context).RunAsync);
        root.Add(BareHub(terminal));
        return root;
    }

    /// <summary>Started by <c>fanout</c> and <c>ingest</c>, and by hand for looking at it.</summary>
    private static Command BareHub(Terminal terminal)
    {
        var urls = new Option<string>("--urls")
            { Description = "Where it listens. 监听地址。", DefaultValueFactory = _ => "http://127.0.0.1:5090" };
        var command = new Command(BareServer.Verb,
            "Runs SignalR with nothing of ours in it, which the product is compared with. 对照用的纯 SignalR 服务。") { urls };
        command.SetAction((parsed, stop) => BareServer.RunAsync(new Uri(parsed.GetValue(urls)!), terminal.Time, stop));
        return command;
    }
}
