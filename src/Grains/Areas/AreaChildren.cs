using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Grids;
using GridMesh.Grains.Live;
using Microsoft.Extensions.Logging;

namespace GridMesh.Grains.Areas;

/// <summary>
/// The children of an area, asked all together. One that cannot be woken answers nothing and keeps nobody from living
/// (rule RU10): it is absent until it is heard of, which is counted, told in the log once and seen by whoever watches.
/// </summary>
/// <param name="changed">Called when a child is absent, or back.</param>
internal sealed class AreaChildren(
    AreaCode area, Func<IEnumerable<AreaCode>> codes, IGrainFactory grains, Action<AreaCode> changed, ILogger log)
{
    private readonly HashSet<AreaCode> _absent = [];
    private readonly HashSet<AreaCode> _asked = [];

    public int Absent => _absent.Count;

    public bool IsAbsent(AreaCode child) => _absent.Contains(child);

    /// <summary>The answers of all that could be asked.</summary>
    public async Task<IEnumerable<(AreaCode Child, T Answer)>> AskAsync<T>(Func<IAreaNode, Task<T>> ask)
    {
        var answers = await Task.WhenAll(codes().Select(async child => (child, Answer: await TryAsync(child, ask))));
        return answers.Where(entry => entry.Answer.Came).Select(entry => (entry.child, entry.Answer.What!));
    }

    public Task TellAsync(Func<IAreaNode, Task> tell) => AskAsync(async node =>
    {
        await tell(node);
        return true;
    });

    /// <summary>
    /// Asks those that are absent again, each by itself: one that takes long to fail holds up neither the others nor
    /// the area.
    /// </summary>
    public void AskAbsentAgain(Func<ChildReport, Task> came)
    {
        foreach (var child in _absent.Where(_asked.Add).ToArray())
            _ = AskAgainAsync(child, came);
    }

    /// <summary>A child was heard of.</summary>
    public void Heard(AreaCode child)
    {
        if (_absent.Remove(child))
        {
            log.LogInformation("Area {Area}: {Child} is back", area, child);
            changed(child);
        }
    }

    private async Task AskAgainAsync(AreaCode child, Func<ChildReport, Task> came)
    {
        try
        {
            if (await TryAsync(child, node => node.GetReportAsync()) is (true, { } report))
                await came(report);
        }
        finally
        {
            _asked.Remove(child);
        }
    }

    private async Task<(bool Came, T? What)> TryAsync<T>(AreaCode child, Func<IAreaNode, Task<T>> ask)
    {
        try
        {
            var what = await ask(grains.GetNode(child));
            Heard(child);
            return (true, what);
        }
        catch (Exception e)
        {
            // Whatever keeps it from living (bad data, a silo that goes, the store) is its own: it is asked again.
            if (_absent.Add(child))
            {
                log.LogError(
                    Faults.Unexpected(e), "Area {Area}: {Child} cannot be woken and is left out: {Reason}", area,
                    child, e.Message);
                changed(child);
            }

            return default;
        }
    }
}
