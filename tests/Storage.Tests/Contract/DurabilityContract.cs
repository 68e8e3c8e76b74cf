using System.Diagnostics;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Tests.Support;

namespace GridMesh.Storage.Tests.Contract;

public abstract class DurabilityContract(IPlace place) : StorageContract(place)
{
    private const int AcknowledgedBeforeKill = 2_000;

    private readonly IPlace _place = place;

    [Fact(DisplayName = "[ST22] a process that is killed loses no fact that it had acknowledged")]
    public async Task KillNine()
    {
        await Store.DisposeAsync();
        var options = new StorageOptions();
        _place.Configure(options);
        using var child = Process.Start(KilledAppender.Command(options))!;
        var acknowledged = new List<Guid>();
        while (acknowledged.Count < AcknowledgedBeforeKill
            && await child.StandardOutput.ReadLineAsync(Token) is { } line)
            acknowledged.Add(Guid.Parse(line));
        child.Kill();
        foreach (var line in (await child.StandardOutput.ReadToEndAsync(Token)).Split('\n'))
        {
            // The last line may be cut in the middle; every whole one was acknowledged.
            if (Guid.TryParse(line, out var command))
                acknowledged.Add(command);
        }

        await child.WaitForExitAsync(Token);
        acknowledged.Count.ShouldBeGreaterThanOrEqualTo(AcknowledgedBeforeKill);

        await RestartAsync();
        var found = (await AllFactsAsync()).Select(fact => fact.CommandId).ToHashSet();
        acknowledged.Where(command => !found.Contains(command)).ShouldBeEmpty();
        (await Store.Journal.VerifyChainAsync(cancellation: Token)).ShouldBeEmpty();
        (await Store.Cases.ReadAllCasesAsync(Token).CountAsync(Token)).ShouldBe(
            (await AllFactsAsync()).Select(fact => fact.Stream).Distinct().Count());
        (await AppendAsync(Samples.Append("after", 0))).Result.ShouldBe(AppendResult.Appended);
    }
}
