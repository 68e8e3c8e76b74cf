using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Tests.Support;

namespace GridMesh.Storage.Tests.Contract;

public abstract class AccountContract(IPlace place) : StorageContract(place)
{
    [Fact(DisplayName = "[AC18] an account is kept whole, its name once, and whoever changes an older state of it is refused")]
    public async Task Accounts()
    {
        var account = new Account(
            "li.na", "李娜", Role.Dispatcher, AreaCode.Parse("450105"), null, [Line.Petitions], "hash", true,
            Time.GetUtcNow(),
            CodeSecret: [1, 2, 3], LockedUntil: Time.GetUtcNow());
        (await Store.Accounts.AddAsync(account, Token)).ShouldBeTrue();
        (await Store.Accounts.AddAsync(account with { Title = "x" }, Token)).ShouldBeFalse();
        await RestartAsync();
        var found = (await Store.Accounts.FindAsync("li.na", Token)).ShouldNotBeNull();
        found.ShouldBe(account with { Version = 1, Lines = found.Lines, CodeSecret = found.CodeSecret });
        (found.Lines.Single(), found.CodeSecret!.Length).ShouldBe((Line.Petitions, 3));
        (await Store.Accounts.ReplaceAsync(found with { Failures = 3 }, Token)).ShouldBeTrue();
        (await Store.Accounts.ReplaceAsync(found with { Failures = 0 }, Token)).ShouldBeFalse();
        (await Store.Accounts.ListAsync(Token)).Single().ShouldSatisfyAllConditions(
            one => one.Failures.ShouldBe(3), one => one.Version.ShouldBe(2));
        (await Store.Accounts.FindAsync("nobody", Token)).ShouldBeNull();
    }

    [Fact(DisplayName = "[WH10] secrets of one-time codes lie sealed in the database, and only the key of their making opens them")]
    public async Task Sealed()
    {
        await RestartAsync(options => options.SecretKey = new string('k', 32));
        var secret = "twenty bytes of code"u8.ToArray();
        await Store.Accounts.AddAsync(
            new Account(
                "li.na", "李娜", Role.Dispatcher, AreaCode.Parse("450105"), null, [], "hash", false, Time.GetUtcNow(),
                CodeSecret: secret),
            Token);
        ((string)(await Store.ScalarAsync("SELECT body FROM accounts"))!)
            .ShouldNotContain(Convert.ToBase64String(secret));
        (await Store.Accounts.FindAsync("li.na", Token))!.CodeSecret.ShouldBe(secret);
        await RestartAsync(options => options.SecretKey = new string('l', 32));
        await Should.ThrowAsync<StorageUnusableException>(async () => await Store.Accounts.FindAsync("li.na", Token));
    }

    [Fact(DisplayName = "[AC19] a session is renewed from the secret that it has and no other; ended ones go, and the oldest beyond the bound")]
    public async Task Sessions()
    {
        for (var i = 0; i < AccountSession.CountMax + 3; i++)
            await Store.Accounts.AddSessionAsync(Session(i, hours: i == 2 ? 0 : 9), Token);

        var all = await Store.Accounts.ListSessionsAsync("a", Token);
        all.Count.ShouldBe(AccountSession.CountMax);
        all[0].Id.ShouldBe($"s{AccountSession.CountMax + 2}");
        (await Store.Accounts.FindSessionAsync("s0", Token)).ShouldBeNull();
        var held = all[0];
        var renewed = held
            with { SecretHash = [9], FormerHash = held.SecretHash, RenewedAt = Time.GetUtcNow().AddHours(1) };
        (await Store.Accounts.RenewSessionAsync(renewed, Token)).ShouldBeTrue();
        (await Store.Accounts.RenewSessionAsync(renewed, Token)).ShouldBeFalse();
        var found = (await Store.Accounts.FindSessionAsync(held.Id, Token)).ShouldNotBeNull();
        (found.SecretHash[0], found.FormerHash![0], found.RenewedAt)
            .ShouldBe(((byte)9, held.SecretHash[0], renewed.RenewedAt));
        await Store.Accounts.EndSessionAsync(held.Id, Token);
        (await Store.Accounts.FindSessionAsync(held.Id, Token)).ShouldBeNull();
    }

    [Fact(DisplayName = "[AC25, AC26] a session of an issuer is kept sealed, found by its sid and when it is due, and renewed by one of two who try")]
    public async Task Grants()
    {
        await RestartAsync(options => options.SecretKey = new string('k', 32));
        var now = Time.GetUtcNow();
        var actor = new Actor("a", "李娜", Role.Dispatcher, AreaCode.Parse("450105"), null, [Line.Petitions]);
        var session = Session(1) with { Grant = new OpenIdGrant(actor, "sid-1", "refresh-1", "id-1", now) };
        await Store.Accounts.AddSessionAsync(session, Token);
        await Store.Accounts.AddSessionAsync(Session(2), Token);
        ((string)(await Store.ScalarAsync("SELECT grant_body FROM sessions WHERE grant_body IS NOT NULL"))!)
            .ShouldNotContain("refresh-1");
        (await Store.Accounts.ListOfIssuerAsync("sid-1", Token)).Single().Id.ShouldBe("s1");
        (await Store.Accounts.ListOfIssuerAsync("sid-2", Token)).ShouldBeEmpty();
        (await Store.Accounts.ListDueAsync(now.AddSeconds(-1), 9, Token)).ShouldBeEmpty();
        var due = (await Store.Accounts.ListDueAsync(now, 9, Token)).Single();
        (due.Grant! with { Actor = actor }).ShouldBe(session.Grant);
        due.Grant.Actor.Lines.ShouldBe(actor.Lines);

        var renewed = due with { Grant = due.Grant with { RefreshToken = "refresh-2", RenewAt = now.AddMinutes(1) } };
        (await Store.Accounts.RenewGrantAsync(renewed, now, Token)).ShouldBeTrue();
        (await Store.Accounts.RenewGrantAsync(renewed, now, Token)).ShouldBeFalse();
        (await Store.Accounts.FindSessionAsync("s1", Token))!.Grant!.RefreshToken.ShouldBe("refresh-2");
        (await Store.Accounts.FindSessionAsync("s2", Token))!.Grant.ShouldBeNull();
        (await Store.Accounts.ListDueAsync(now.AddMinutes(1), 9, Token)).Count.ShouldBe(1);
        (await Store.Accounts.ListDueAsync(session.EndsAt, 9, Token)).ShouldBeEmpty("it has ended");
        for (var i = 3; i < AccountSession.CountMax + 5; i++)
            await Store.Accounts.AddSessionAsync(Session(i), Token);

        (await Store.Accounts.FindSessionAsync("s1", Token)).ShouldNotBeNull("it is called back first");
    }

    [Fact(DisplayName = "[AC27] of two keys that were made at a time the first counts, and all lie sealed")]
    public async Task Keys()
    {
        await RestartAsync(options => options.SecretKey = new string('k', 32));
        (await Store.Keys.AddAsync("<key id='1'/>", 0, Token)).ShouldBeTrue();
        (await Store.Keys.AddAsync("<key id='2'/>", 0, Token)).ShouldBeFalse();
        (await Store.Keys.AddAsync("<key id='3'/>", 1, Token)).ShouldBeTrue();
        (await Store.Keys.ListAsync(Token)).ShouldBe(["<key id='1'/>", "<key id='3'/>"]);
        ((string)(await Store.ScalarAsync("SELECT body FROM key_ring WHERE number = 0"))!).ShouldNotContain("key id");
    }

    [Fact(DisplayName = "[AC14, AC21] what was called back or issued changes the stamp, is read by every process, and goes when it is over")]
    public async Task Tokens()
    {
        var now = Time.GetUtcNow();
        var before = await Store.Tokens.StampAsync(Token);
        (await Store.Tokens.AddAsync(Issued("j1", now), Token)).ShouldBeTrue();
        (await Store.Tokens.AddAsync(Issued("j2", now), Token)).ShouldBeTrue();
        var issued = await Store.Tokens.StampAsync(Token);
        issued.ShouldNotBe(before);
        await Store.Tokens.RevokeAsync("j1", now, now.AddHours(2), Token);
        await Store.Tokens.RevokeAsync("j1", now, now.AddHours(1), Token);
        await Store.Tokens.RevokeAsync("s1", now, now.AddHours(1), Token);
        (await Store.Tokens.StampAsync(Token)).ShouldNotBe(issued);
        await RestartAsync();
        var list = await Store.Tokens.ReadAsync(now, Token);
        list.Revoked.ShouldBe(["j1", "s1"], ignoreOrder: true);
        list.Issued.ShouldBe(["j2"]);
        (await Store.Tokens.ListAsync(now, Token)).Single().ShouldBe(Issued("j2", now) with { Lines = [] });
        (await Store.Tokens.ReadAsync(now.AddHours(1.5), Token)).Revoked.ShouldBe(["j1"]);
        await Store.Tokens.RevokeAsync("s2", now.AddHours(3), now.AddHours(4), Token);
        (await Store.ScalarAsync("SELECT count(*) FROM revocations")).ShouldBe(1L);
    }

    private AccountSession Session(int i, int hours = 9) => new(
        $"s{i}", "a", [(byte)i], null, Time.GetUtcNow().AddMinutes(i), Time.GetUtcNow().AddMinutes(i),
        Time.GetUtcNow().AddHours(hours), "192.0.2.1");

    private static IssuedToken Issued(string id, DateTimeOffset at) =>
        new(id, "gate", Role.Viewer, AreaCode.Parse("450105"), [], at, at.AddDays(30));
}
