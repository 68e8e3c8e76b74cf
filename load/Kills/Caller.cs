using GridMesh.Load.Clients;
using GridMesh.Load.Measuring;

namespace GridMesh.Load.Kills;

/// <summary>
/// One after the other, takes cases of a grid through the closed loop, a command at a time, until it is told to stop or
/// the product is gone. Every fourth case stays with its worker, so that there are open and closed ones to count.
/// </summary>
internal sealed class Caller(
    MeshClient client, Crew crew, Member me, string keyPrefix, Histogram latency, TimeProvider time)
{
    /// <summary>Most commands of one caller in one round.</summary>
    public const int CommandsMax = 100_000;

    private const int LeftOpenEvery = 4;
    private const int ShiftEvery = 3;

    private int _sent;
    private bool _isGone;
    private bool _onDuty;

    public Ledger Ledger { get; } = new();

    public async Task RunAsync(CancellationToken stop)
    {
        for (var number = 1; !stop.IsCancellationRequested && !_isGone && _sent < CommandsMax; number++)
        {
            await CaseAsync(number % LeftOpenEvery == 0);
            if (me.HasShift && number % ShiftEvery == 0 && !_isGone)
            {
                await ShiftAsync();
            }
        }
    }

    private async Task CaseAsync(bool staysOpen)
    {
        var key = NextKey();
        var report = new SentCommand(
            "incidents", me.WorkerToken,
            new { category = me.Categories[_sent % me.Categories.Count], description = DescriptionOf(key), grid = me.Grid },
            key, "IncidentReported", null);
        if (await SendAsync(report) is not { } id
            || await StepAsync(id, "dispatch", crew.Dispatcher, new { owner = me.Worker }, "IncidentDispatched") is null
            || await StepAsync(id, "accept", me.WorkerToken, new { }, "IncidentAccepted") is null
            || staysOpen
            || await StepAsync(id, "resolve", me.WorkerToken, new { result = "done" }, "IncidentResolved") is null
            || await StepAsync(id, "inspect", crew.Inspector, new { pass = true }, "InspectionPassed") is null)
        {
            return;
        }

        await StepAsync(id, "feedback", crew.Dispatcher, new { text = "told" }, "ReporterTold");
    }

    /// <summary>What a report says; ends with a stop, so that no key is found within another.</summary>
    public static string DescriptionOf(string key) => $"load {key}.";

    private Task<string?> StepAsync(string id, string name, string token, object body, string fact) =>
        SendAsync(new SentCommand($"incidents/{id}/{name}", token, body, NextKey(), fact, id));

    private async Task ShiftAsync()
    {
        _onDuty = !_onDuty;
        await SendAsync(new SentCommand(
            $"workers/{me.Worker}/shift", me.WorkerToken, new { onDuty = _onDuty }, NextKey(), null, me.Worker, _onDuty));
    }

    /// <summary>The case's or the worker's id when it was acknowledged.</summary>
    private async Task<string?> SendAsync(SentCommand command)
    {
        var began = time.GetTimestamp();
        try
        {
            var answer = await client.PostAsync(command.Path, command.Token, command.Body, command.Key);
            if (answer.IsSuccess)
            {
                latency.Record(time.GetElapsedTime(began));
                var id = answer.Body.GetProperty("id").GetString()!;
                if (command.Fact is null)
                {
                    Ledger.AcknowledgeShift(id, command.OnDuty);
                }
                else
                {
                    Ledger.Acknowledge(command, id, answer.Body.GetProperty("version").GetInt64());
                }

                return id;
            }

            Ledger.Refuse(answer.Code);
            if (answer.Status >= 500)
            {
                Ledger.Unanswered.Add(command);
            }
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException or System.Text.Json.JsonException)
        {
            // The product was killed, perhaps in the middle of an answer: whether it took the command is found out later.
            Ledger.Unanswered.Add(command);
            _isGone = true;
        }

        return null;
    }

    private string NextKey() => $"{keyPrefix}-{++_sent}";
}
