using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Grids;

namespace GridMesh.Gateway.Plumbing.Health;

/// <summary>The areas of the directory as grains, from the topmost ones down.</summary>
public sealed class LiveTree(IClusterClient client, IDirectory directory)
{
    /// <summary>Asks the topmost areas, which wakes all others, and goes down only where somebody is absent.</summary>
    /// <returns>Whoever could not be woken; what lies below it is not looked at.</returns>
    public async Task<IReadOnlyCollection<AreaCode>> FindAbsentAsync()
    {
        var view = directory.Current;
        var tops = view.Data.Areas.Where(area => area.Code.Tier != Tier.Grid
            && (area.Code.Parent is not { } parent || !view.Areas.ContainsKey(parent)));
        var absent = await Task.WhenAll(tops.Select(top => FindAbsentAsync(view, top.Code)));
        return [.. absent.SelectMany(codes => codes)];
    }

    private async Task<IEnumerable<AreaCode>> FindAbsentAsync(DirectoryView view, AreaCode code)
    {
        try
        {
            var report = await client.GetNode(code).GetReportAsync();
            if (report.Summary[Counter.AreasAbsent] == 0)
                return [];
        }
        catch (Exception)
        {
            // Whatever it was, whoever asked for this list says so; the parent has written down why.
            return [code];
        }

        var below = await Task.WhenAll(view.ChildrenOf(code).Select(child => FindAbsentAsync(view, child.Code)));
        return below.SelectMany(codes => codes);
    }
}
