using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Subscriptions;
using GridMesh.Storage.Tests.Support;

namespace GridMesh.Storage.Tests.Contract;

public abstract class SubscriptionContract(IPlace place) : StorageContract(place)
{
    [Fact(DisplayName = "[ST33] a subscription begins at the end of the journal, is kept as it was made, and the same id again changes nothing")]
    public async Task Create()
    {
        await AppendAsync(Samples.Append("450105001003007-260701-0001", 0, facts: 3));
        var last = (await AllFactsAsync())[^1].Seq;
        var made = (await Store.Subscriptions.CreateAsync(New("a"), Token)).ShouldNotBeNull();
        made.Cursor.ShouldBe(last);
        await AppendAsync(Samples.Append("450105001003007-260701-0002", 0));
        (await Store.Subscriptions.CreateAsync(New("a") with { Name = "another" }, Token))!.Subscription.Name.ShouldBe(
            "一");
        await RestartAsync();
        var found = (await Store.Subscriptions.FindAsync("a", Token)).ShouldNotBeNull();
        found.Cursor.ShouldBe(last);
        found.Subscription.Events.ShouldBe(New("a").Events);
        (found.Subscription with { Events = default, Lines = default })
            .ShouldBe(New("a") with { Events = default, Lines = default });
        (await Store.Subscriptions.FindAsync("b", Token)).ShouldBeNull();
    }

    [Fact(DisplayName = "[ST33] at the bound no more subscriptions are taken, and one that ends makes room")]
    public async Task Bound()
    {
        for (var i = 0; i < Subscription.CountMax; i++)
            (await Store.Subscriptions.CreateAsync(New($"s{i:D3}", $"one of {i / Subscription.OwnMax}"), Token))
                .ShouldNotBeNull();
        (await Store.Subscriptions.CreateAsync(New("more"), Token)).ShouldBeNull();
        (await Store.Subscriptions.CreateAsync(New("s000"), Token)).ShouldNotBeNull();
        (await Store.Subscriptions.DeleteAsync("s007", Token)).ShouldBeTrue();
        (await Store.Subscriptions.DeleteAsync("s007", Token)).ShouldBeFalse();
        (await Store.Subscriptions.CreateAsync(New("more"), Token)).ShouldNotBeNull();
        (await Store.Subscriptions.ListAsync(Token)).Count.ShouldBe(Subscription.CountMax);
    }

    [Fact(DisplayName = "[BO5] one subject has twenty subscriptions at most, whatever its name holds, and locks nobody out")]
    public async Task Own()
    {
        const string Name = "a\"%_\\区 \"createdBy\":\"other\"";
        for (var i = 0; i < Subscription.OwnMax; i++)
            (await Store.Subscriptions.CreateAsync(New($"s{i:D3}", Name), Token)).ShouldNotBeNull();
        (await Store.Subscriptions.CreateAsync(New("more", Name), Token)).ShouldBeNull();
        (await Store.Subscriptions.CreateAsync(New("s000", Name), Token)).ShouldNotBeNull("it is there already");
        (await Store.Subscriptions.CreateAsync(New("more", "other"), Token)).ShouldNotBeNull();
    }

    [Fact(DisplayName = "[WH10] secrets lie sealed in the database, and only the key of their making opens them; older ones are read as they are")]
    public async Task Sealed()
    {
        await RestartAsync(options => options.SecretKey = new string('k', 32));
        await Store.Subscriptions.CreateAsync(New("a"), Token);
        ((string)(await Store.ScalarAsync("SELECT body FROM subscriptions"))!).ShouldNotContain(New("a").Secret);
        (await Store.Subscriptions.FindAsync("a", Token))!.Subscription.Secret.ShouldBe(New("a").Secret);
        await RestartAsync(options => options.SecretKey = new string('l', 32));
        await Should.ThrowAsync<StorageUnusableException>(async () => await Store.Subscriptions.FindAsync("a", Token));
        await Store.Subscriptions.DeleteAsync("a", Token);
        await Store.TamperAsync(
            "INSERT INTO subscriptions (id, created_at, body, cursor, letters) VALUES ('b', 0, '"
            + System.Text.Json.JsonSerializer.Serialize(New("b"), GridMesh.Contracts.Json.MeshJson.Compact)
                + "', 0, 0)");
        (await Store.Subscriptions.FindAsync("b", Token))!.Subscription.Secret.ShouldBe(New("b").Secret);
    }

    [Fact(DisplayName = "[ST34] the cursor moves only from where it was read; dead letters are buried with it or not at all, and no number comes twice")]
    public async Task Advance()
    {
        await Store.Subscriptions.CreateAsync(New("a"), Token);
        (await Store.Subscriptions.AdvanceAsync("a", 0, 10, [Letter(1), Letter(2)], Token)).ShouldBeTrue();
        (await Store.Subscriptions.AdvanceAsync("a", 0, 20, [Letter(3)], Token)).ShouldBeFalse();
        (await Store.Subscriptions.FindAsync("a", Token))!.Cursor.ShouldBe(10);
        (await Store.Subscriptions.CountDeadAsync("a", Token)).ShouldBe(2);
        (await Store.Subscriptions.RemoveDeadAsync("a", 2, Token)).ShouldBeTrue();
        (await Store.Subscriptions.RemoveDeadAsync("a", 2, Token)).ShouldBeFalse();
        (await Store.Subscriptions.AdvanceAsync("a", 10, 11, [Letter(4)], Token)).ShouldBeTrue();
        await RestartAsync();
        (await Store.Subscriptions.ListDeadAsync("a", 0, 10, Token))
            .ShouldBe([Letter(1) with { Number = 1 }, Letter(4) with { Number = 3 }]);
        (await Store.Subscriptions.ListDeadAsync("a", 1, 1, Token)).Select(letter => letter.Number).ShouldBe([3]);
        (await Store.Subscriptions.DeleteAsync("a", Token)).ShouldBeTrue();
        (await Store.Subscriptions.CountDeadAsync("a", Token)).ShouldBe(0);
        (await Store.Subscriptions.AdvanceAsync("a", 11, 12, [], Token)).ShouldBeFalse();
    }

    private static Subscription New(string id, string by = "supervisor@450105") => new(
        id, "一", "https://example.org/hook", "a-secret-of-sixteen-or-more", Samples.District, [], ["incident.reported"],
        true, 5,
        by, Samples.Noon);

    private static DeadLetter Letter(long version) => new(
        0, "450105001003007-260701-0001", version, "incident.reported", Samples.Noon, 3, "answered 500");
}
