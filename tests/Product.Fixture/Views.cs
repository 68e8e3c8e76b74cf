using GridMesh.Client;

namespace GridMesh.Product.Fixture;

/// <summary>Waits for what walls show.</summary>
public static class Views
{
    /// <summary>Waits until what a wall shows fulfils a wish.</summary>
    public static Task UntilAsync(this LiveView view, Func<WallState, bool> holds, string what) =>
        Eventually.TrueAsync(() => view.Read(holds), what);

    /// <summary>Waits until a wall whose gateway was gone has come back by itself.</summary>
    public static Task BackAsync(this LiveView view) =>
        Eventually.TrueAsync(() => view.Breaks > 0 && view.IsCurrent, "the wall has come back");
}
