using GridMesh.Load.Measuring;

namespace GridMesh.Load.Tests.Measuring;

public sealed class GrainCallsTests
{
    private const string Before = """
        gridmesh_grain_calls_total{grain="grid",method="GridMesh.Contracts.Grids.IGridGrain.MoveAsync"} 10
        gridmesh_positions_accepted_total 100
        """;

    private const string After = """
        # TYPE gridmesh_grain_calls_total counter
        gridmesh_grain_calls_total{grain="grid",method="GridMesh.Contracts.Grids.IGridGrain.MoveAsync"} 60
        gridmesh_grain_calls_total{grain="area",method="GridMesh.Contracts.Areas.IAreaGrain.TakeReportAsync"} 10
        gridmesh_grain_calls_total{grain="grid",method="IGrainTimerInvoker.InvokeCallbackAsync"} 20
        gridmesh_positions_accepted_total 200
        gridmesh_command_duration_count 0
        """;

    [Fact(DisplayName = "[LO11] calls of grains are told by kind and method, for each piece of work that was done meanwhile")]
    public void Table()
    {
        var table = GrainCalls.Of(After).Since(GrainCalls.Of(Before)).Table("calls")!;

        table.Columns.ShouldBe(["calls", "for each position"]);
        table.Names.ShouldBe(
        [
            "all of the product", "grid: IGridGrain.MoveAsync", "grid: IGrainTimerInvoker.InvokeCallbackAsync",
            "area: IAreaGrain.TakeReportAsync",
        ]);
        table.Rows.ShouldBe([[60, 0.6], [50, 0.5], [20, 0.2], [10, 0.1]]);
    }

    [Fact(DisplayName = "[LO11] a product that does not count its calls has no table of them")]
    public void Nothing() => GrainCalls.Of("gridmesh_positions_accepted_total 200\n").Table("calls").ShouldBeNull();
}
