using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Storage;
using GridMesh.Gateway.Plumbing.Access;

namespace GridMesh.Gateway.Accounts;

public static class AccountSetup
{
    /// <summary>
    /// What an operator needs over the storage alone: <see cref="AccountAdmin"/> and <see cref="TokenAdmin"/>.
    /// </summary>
    public static void AddAccessAdmin(
        this IServiceCollection services, IConfiguration configuration, bool isDevelopment, string dataFolder)
    {
        var auth = configuration.GetSection(AuthOptions.Section).Get<AuthOptions>() ?? new AuthOptions();
        auth.UseDevelopmentKey(isDevelopment, dataFolder);
        services.AddSingleton(auth).AddSingleton(new LimitOptions()).AddSingleton<TokenSigner>();
        services.AddSingleton<IDirectory, NoDirectory>().AddSingleton<LiveTokens>().AddSingleton<TokenRefresh>();
        services.AddAccounts();
        services.AddSingleton(provider => new AccountAdmin(
            provider.GetRequiredService<IAccountStore>(), provider.GetRequiredService<AccountChanges>(),
            provider.GetRequiredService<SignInService>()));
        services.AddSingleton(provider => new TokenAdmin(
            provider.GetRequiredService<ITokenStore>(), provider.GetRequiredService<TokenSigner>(), auth,
            provider.GetRequiredService<TimeProvider>()));
    }

    /// <summary>What the endpoints of accounts and the verb <c>accounts</c> share.</summary>
    internal static void AddAccounts(this IServiceCollection services) => services
        .AddSingleton<Passwords>().AddSingleton<SignInLog>().AddSingleton<AccountCheck>()
        .AddSingleton<SignInService>().AddSingleton<AccountChanges>().AddSingleton<SignInLimits>();

    /// <summary>Nobody signs in by a verb, so nobody is looked for.</summary>
    private sealed class NoDirectory : IDirectory
    {
        public DirectoryView Current => DirectoryView.Empty;
    }
}
