using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace GridMesh.Storage.Tests.Sqlite;

/// <summary>Accounts and tokens are changed while another process holds the folder.</summary>
public sealed class SqliteBesideTests : StorageContract
{
    private readonly SqlitePlace _place;

    public SqliteBesideTests()
        : this(new SqlitePlace())
    {
    }

    private SqliteBesideTests(SqlitePlace place)
        : base(place) => _place = place;

    [Fact(DisplayName = "[AC21] beside the process that holds the folder tokens are called back, and both see it while facts are written")]
    public async Task Beside()
    {
        await using var beside = Services(_place.Folder);
        var tokens = beside.GetRequiredService<ITokenStore>();
        var now = Time.GetUtcNow();
        for (var i = 0; i < 50; i++)
        {
            var appended = AppendAsync(Samples.Append($"stream-{i}", 0));
            await tokens.RevokeAsync($"j{i}", now, now.AddHours(1), Token);
            await appended;
        }

        (await Store.Tokens.ReadAsync(now, Token)).Revoked.Count.ShouldBe(50);
        await Store.Tokens.AddAsync(
            new IssuedToken("j", "n", Role.Viewer, AreaCode.Parse("450105"), [], now, now.AddDays(1)), Token);
        (await tokens.ListAsync(now, Token)).Count.ShouldBe(1);
    }

    [Fact(DisplayName = "[AC21] beside nothing there is a sentence, and no folder is made")]
    public async Task Nothing()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"gridmesh-{Guid.NewGuid():N}");
        await using var beside = Services(folder);
        (await Should.ThrowAsync<StorageUnusableException>(
            () => beside.GetRequiredService<ITokenStore>().StampAsync(Token).AsTask())).Message.ShouldContain(
                "There is no database in");
        Directory.Exists(folder).ShouldBeFalse();
    }

    private ServiceProvider Services(string folder) => new ServiceCollection().AddSingleton<TimeProvider>(Time)
        .AddMeshStorage(options => (options.Kind, options.DataFolder) = (StorageKind.Sqlite, folder), beside: true)
            .BuildServiceProvider();
}
