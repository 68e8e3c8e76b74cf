using System.Net.Http.Headers;
using System.Text.Json;
using GridMesh.Load.Clients;
using GridMesh.Load.Kills;

namespace GridMesh.Load.Lifecycles;

/// <summary>
/// One case from its report to its evaluation, by HTTP, each command a step: the member of a crew who is next reports it
/// in a grid of theirs, the dispatcher gives it to them, another inspects it, a resident evaluates it.
/// </summary>
/// <param name="seconds">Takes every answered command; null: none.</param>
internal sealed class Lifecycle(CommandClient client, Crew crew, CommandSeconds? seconds, TimeProvider time)
{
    /// <summary>The steps in their order.</summary>
    public static readonly IReadOnlyList<string> Commands = ["report", "dispatch", "accept", "resolve", "inspect", "feedback", "evaluate"];

    private readonly AuthenticationHeaderValue _dispatcher = Bearer(crew.Dispatcher);
    private readonly AuthenticationHeaderValue _inspector = Bearer(crew.Inspector);
    private readonly AuthenticationHeaderValue _resident = Bearer(crew.Resident);
    private readonly Hand[] _hands = [.. crew.Members.Select(member => new Hand(member))];
    private readonly byte[] _nothing = "{}"u8.ToArray();
    private readonly byte[] _result = Body(new { result = "已现场处置完毕" });
    private readonly byte[] _pass = Body(new { pass = true });
    private readonly byte[] _told = Body(new { text = "已电话告知" });
    private readonly byte[] _score = Body(new { score = 5 });
    private long _number;

    public async Task<IResponse> RunAsync(IScenarioContext context)
    {
        seconds?.Begin();
        var number = Interlocked.Increment(ref _number);
        var hand = _hands[number % _hands.Length];
        var reported = await SendAsync(context, "report", "incidents", hand.Token, hand.Report(number));
        var id = reported.Payload.Value;
        await SendAsync(context, "dispatch", $"incidents/{id}/dispatch", _dispatcher, hand.Dispatch);
        await SendAsync(context, "accept", $"incidents/{id}/accept", hand.Token, _nothing);
        await SendAsync(context, "resolve", $"incidents/{id}/resolve", hand.Token, _result);
        await SendAsync(context, "inspect", $"incidents/{id}/inspect", _inspector, _pass);
        await SendAsync(context, "feedback", $"incidents/{id}/feedback", _dispatcher, _told);
        await SendAsync(context, "evaluate", $"incidents/{id}/evaluate", _resident, _score);
        return Response.Ok();
    }

    private Task<Response<string>> SendAsync(
        IScenarioContext context, string step, string path, AuthenticationHeaderValue token, byte[] body) =>
        Step.Run(step, context, async () =>
        {
            var began = time.GetTimestamp();
            try
            {
                var answer = await client.PostAsync(path, token, body, NewKey(), context.ScenarioCancellationToken);
                seconds?.Record(time.GetElapsedTime(began));
                return !answer.IsSuccess ? Response.Fail<string>(statusCode: answer.Code)
                    : Response.Ok(payload: answer.Case ?? string.Empty, sizeBytes: answer.Bytes);
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                return Response.Fail<string>(statusCode: e.GetType().Name);
            }
        });

    /// <summary>As clients are told to make them.</summary>
    private string NewKey() => Guid.CreateVersion7(time.GetUtcNow()).ToString();

    private static AuthenticationHeaderValue Bearer(string token) => new("Bearer", token);

    private static byte[] Body(object body) => JsonSerializer.SerializeToUtf8Bytes(body);

    /// <summary>What a member of the crew sends, made once.</summary>
    private sealed class Hand(Member member)
    {
        private readonly byte[][] _reports =
        [
            .. member.Categories.Select(category => Body(new { category, description = "负载测试：道路旁发现，请处理", grid = member.Grid })),
        ];

        public AuthenticationHeaderValue Token { get; } = Bearer(member.WorkerToken);

        public byte[] Dispatch { get; } = Body(new { owner = member.Worker });

        public byte[] Report(long number) => _reports[number % _reports.Length];
    }
}
