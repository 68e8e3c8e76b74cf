namespace GridMesh.Load.Lifecycles;

internal record CrewOptions : RunOptions
{
    [Asked("People who report and handle, over the grids of the district. 参与人数。", 1, 5_000)]
    public int Crew { get; init; } = 400;
}

/// <summary>A product with nobody in it but the scenario, and a crew signed in.</summary>
internal sealed class LifecycleLoad : IAsyncDisposable
{
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(5);
    private readonly LoadContext _context;

    private LifecycleLoad(Product product, Crew crew, LoadContext context) =>
        (Product, Crew, _context) = (product, crew, context);

    public Product Product { get; }
    public Crew Crew { get; }

    public static async Task<LifecycleLoad> StartAsync(
        CrewOptions options, LoadContext context, CancellationToken cancellation)
    {
        var product = await Product.StartAsync(options, Product.Quiet, context, cancellation);
        try
        {
            return new LifecycleLoad(
                product, await Crew.SignInAsync(product.Client, options.Area, options.Crew), context);
        }
        catch
        {
            await product.DisposeAsync();
            throw;
        }
    }

    public Lifecycle Lifecycle(Func<string, bool>? isIn = null, Action<TimeSpan>? onAnswer = null)
    {
        var members = Crew.Members.Where(member => isIn is null || isIn(member.Grid)).ToArray();
        return members.Length > 0
            ? new Lifecycle(Product.Client, Crew with { Members = members }, _context.Time, onAnswer)
            : throw new InvalidOperationException(
                "nobody of the crew is where the load should be; ask for a larger --crew");
    }

    /// <summary>A product that has just started compiles its code; a district that lives has long done so.</summary>
    /// <param name="rate">Lifecycles a second for some seconds, not measured.</param>
    public Task WarmUpAsync(int rate, CancellationToken cancellation) => Product.LoadAsync(
        [new Scenario("warm-up", Lifecycle().RunAsync) { Load = [Stretch.Open(rate, s_warmUp)] }], cancellation,
        _context.Report());

    public ValueTask DisposeAsync() => Product.DisposeAsync();
}
