namespace GridMesh.Load.Lifecycles;

/// <param name="Steps">What is left to be done, and by whom.</param>
internal sealed record OpenCase(string Id, (string Name, string Token, byte[] Body)[] Steps);

/// <summary>One case from its report to its evaluation, by HTTP, each command a step.</summary>
/// <param name="onAnswer">Told how long each answered command took; null: nobody.</param>
internal sealed class Lifecycle(MeshClient client, Crew crew, TimeProvider time, Action<TimeSpan>? onAnswer = null)
{
    public static readonly IReadOnlyList<string> Commands = ["report", "dispatch", "accept", "resolve", "inspect",
        "feedback", "evaluate"];

    /// <summary>People who report and handle, over the grids of the district.</summary>
    public const int CrewSize = 400;
    private const double CommandP95MaxMs = 100;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(5);
    private readonly (string Token, byte[][] Reports, (string Name, string Token, byte[] Body)[] Steps)[] _hands =
    [
        .. crew.Members.Select(member => (
            member.Token,
            member.Categories.Select((_, i) => Bytes(member.Report(i, "负载测试：道路旁发现，请处理"))).ToArray(),
            LoopStep.Of(crew.Dispatcher, crew.Inspector, crew.Resident, member.Token, member.Worker)
                .Select(step => (step.Name, step.Token, Bytes(step.Body))).ToArray())),
    ];

    private long _number;

    public static IReadOnlyList<Threshold> Thresholds =>
        [Threshold.NoneFails, .. Commands.Select(command => Threshold.P95(CommandP95MaxMs, command))];

    /// <summary>A product that has just started compiles its code; a district that lives has long done so.</summary>
    /// <param name="rate">Lifecycles a second for some seconds, which leave nothing in the report.</param>
    public static Task WarmUpAsync(
        Product product, Crew crew, int rate, LoadContext context, CancellationToken cancellation)
    {
        var lifecycle = new Lifecycle(product.Client, crew, context.Time);
        return product.LoadAsync(
            [new Scenario("warm-up", lifecycle.RunAsync) { Load = [Stretch.Open(rate, s_warmUp)] }], cancellation,
            context.Report());
    }

    public async Task<Response> RunAsync(Iteration iteration) =>
        await CloseAsync(iteration, await ReportAsync(iteration));

    public async Task<OpenCase> ReportAsync(Iteration iteration)
    {
        var number = Interlocked.Increment(ref _number);
        var (token, reports, steps) = _hands[number % _hands.Length];
        var answer = await SendAsync(iteration, "report", "incidents", token, reports[number % reports.Length]);
        return new OpenCase(answer.Made!, steps);
    }

    public async Task<Response> CloseAsync(Iteration iteration, OpenCase open)
    {
        foreach (var (name, token, body) in open.Steps)
            await SendAsync(iteration, name, $"incidents/{open.Id}/{name}", token, body);
        return Response.Ok;
    }

    /// <summary>The key is made as clients are told to make it.</summary>
    private Task<Response> SendAsync(Iteration iteration, string step, string path, string token, byte[] body) =>
        iteration.StepAsync(step, async () =>
        {
            var began = time.GetTimestamp();
            var key = Guid.CreateVersion7(time.GetUtcNow()).ToString();
            var answer = await client.PostAsync(path, token, body, key, iteration.Ended);
            onAnswer?.Invoke(time.GetElapsedTime(began));
            return Response.Of(answer);
        });

    private static byte[] Bytes(object body) => JsonSerializer.SerializeToUtf8Bytes(body);
}
