using GridMesh.Contracts.Directory;
using GridMesh.Gateway.Accesses;
using GridMesh.Gateway.Accounts;
using GridMesh.Gateway.ApiDocument;
using GridMesh.Gateway.Areas;
using GridMesh.Gateway.Buildings;
using GridMesh.Gateway.Care;
using GridMesh.Gateway.Directory;
using GridMesh.Gateway.Evidence;
using GridMesh.Gateway.Hotline;
using GridMesh.Gateway.Incidents;
using GridMesh.Gateway.Kpis;
using GridMesh.Gateway.Open311;
using GridMesh.Gateway.OpenId;
using GridMesh.Gateway.Patrols;
using GridMesh.Gateway.Personal;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Health;
using GridMesh.Gateway.Plumbing.Hosting;
using GridMesh.Gateway.Plumbing.Input;
using GridMesh.Gateway.Plumbing.Keys;
using GridMesh.Gateway.Plumbing.Pipeline;
using GridMesh.Gateway.Plumbing.Problems;
using GridMesh.Gateway.Plumbing.Telemetry;
using GridMesh.Gateway.Public;
using GridMesh.Gateway.Residents;
using GridMesh.Gateway.Reviews;
using GridMesh.Gateway.Rules;
using GridMesh.Gateway.Sensors;
using GridMesh.Gateway.Services;
using GridMesh.Gateway.Subscriptions;
using GridMesh.Gateway.Visits;
using GridMesh.Gateway.Web;
using GridMesh.Gateway.Workers;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace GridMesh.Gateway;

/// <summary>The gateway's contents page: what it adds and what it maps.</summary>
public static class GatewaySetup
{
    /// <summary>Largest request body in bytes (DESIGN "Bounds").</summary>
    public const long BodyMax = 1_000_000;

    /// <summary>How long a stop in order may take once the endpoints are closed.</summary>
    private static readonly TimeSpan s_stopMax = TimeSpan.FromSeconds(30);

    /// <summary>Health, metrics and an orderly stop: what every process has, also one without endpoints.</summary>
    public static void AddMeshProbes(this WebApplicationBuilder builder, EndpointOptions endpoints)
    {
        var services = builder.Services;
        services.AddSingleton<ClockSteps>().AddHostedService(provider => provider.GetRequiredService<ClockSteps>());
        services.AddSingleton(endpoints).AddSingleton<Readiness>();
        services.AddSingleton<IHostLifetime, DrainLifetime>();
        builder.AddMeshTelemetry();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = s_stopMax);
    }

    /// <summary>The directory of this process, empty until it is loaded, and whoever looks for a later one.</summary>
    public static void AddMeshDirectory(this IServiceCollection services)
    {
        services.AddSingleton<LiveDirectory>().AddSingleton<IDirectory>(
            provider => provider.GetRequiredService<LiveDirectory>());
        services.AddSingleton<DirectoryRefresh>();
        services.AddHostedService(provider => provider.GetRequiredService<DirectoryRefresh>());
    }

    public static void TakeDirectory(this WebApplication app, StoredDirectory? stored)
    {
        if (stored is null)
            app.Logger.LogWarning("No directory yet: import one with the verb 'import'");
        else
            app.Services.GetRequiredService<LiveDirectory>().Take(stored);
    }

    /// <param name="dataFolder">Where the key of development tokens is kept.</param>
    public static void AddMeshGateway(this WebApplicationBuilder builder, AuthOptions auth, string dataFolder)
    {
        auth.UseDevelopmentKey(builder.Environment.IsDevelopment(), dataFolder);

        var limits = builder.Configuration.GetSection(LimitOptions.Section).Get<LimitOptions>() ?? new LimitOptions();
        var openId = builder.Configuration.GetSection(OpenIdOptions.Section).Get<OpenIdOptions>()
            ?? new OpenIdOptions();
        var services = builder.Services;
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = BodyMax);
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(options => Speak(options.SerializerOptions));
        services.AddCors();
        AnswerHeaders.AddTo(services);
        services.AddProblemDetails().AddExceptionHandler<FaultHandler>();
        services.AddSingleton<IStartupFilter, PositionShortcut.First>();
        services.AddMeshAccess(auth, limits);
        services.AddOpenId(auth, openId);
        services.AddApiDocuments();
        services.AddSignalR(hub =>
        {
            hub.KeepAliveInterval = TimeSpan.FromSeconds(10);
            hub.AddFilter<HubRefusals>();
            hub.AddFilter<HubLimits>();
        }).AddJsonProtocol(json => Speak(json.PayloadSerializerOptions));
        services.AddSingleton<HubRefusals>().AddSingleton<HubLimits>().AddSingleton<IHubProtocol, MeshHubProtocol>();
        services.AddSingleton<MeshLifetimeManager>();
        services.AddSingleton<HubLifetimeManager<MeshHub>>(
            provider => provider.GetRequiredService<MeshLifetimeManager>());
        services.AddSingleton<ChannelContext>().AddSingleton<AreaChannels>();
        services.AddHostedService(provider => provider.GetRequiredService<AreaChannels>());
        services.AddHostedService<TokenEnds>();
        services.AddSingleton<HubSockets>().AddHostedService(provider => provider.GetRequiredService<HubSockets>());
        builder.AddKeyHolders();
        services.AddSingleton<IncidentService>().AddSingleton<PositionIntake>().AddSingleton<GridLocator>();
        services.AddSingleton<SimilarCases>().AddSingleton<PhotoReader>();
        services.AddSingleton<CheckInCodes>().AddSingleton<ServiceCodes>().AddSingleton<ShiftService>();
        services.AddAccounts();
        services.AddResidents();
        services.AddSingleton<AccessRecorder>();
        services.AddHostedService(provider => provider.GetRequiredService<AccessRecorder>());
        services.AddSingleton<UnknownDevices>().AddSingleton<RuleService>();
    }

    public static void MapMeshProbes(this WebApplication app)
    {
        app.MapHealth();
        app.MapMetrics();
    }

    public static void MapMeshGateway(this WebApplication app)
    {
        app.UseTrustedProxies(app.Services.GetRequiredService<EndpointOptions>());
        var openId = app.Services.GetRequiredService<OpenIdOptions>();
        var wall = app.Configuration.GetSection(WallOptions.Section).Get<WallOptions>() ?? new WallOptions();
        AnswerHeaders.Use(app);
        app.UseMiddleware<RefusalLog>();
        Open311Problems.Use(app);
        app.UseResidentProblems();
        app.UseExceptionHandler();
        app.UseProblemStatusPages();
        app.UseWebFiles(wall);
        app.UseRouting();
        app.UseOrigins();
        app.UseMeshAccess(hasPages: openId.IsOn);
        app.UseMiddleware<InputMiddleware>();
        var api = app.MapGroup("/api/v1");
        QueryRules.AddTo(api);
        api.Tagged(ApiTags.Areas).MapAreas();
        api.Tagged(ApiTags.Areas).MapBuildings();
        api.Tagged(ApiTags.Incidents).MapIncidents();
        api.Tagged(ApiTags.Incidents).MapEvidence();
        api.Tagged(ApiTags.Workers).MapPositions();
        api.Tagged(ApiTags.Workers).MapWorkers();
        api.Tagged(ApiTags.Devices).MapSensors();
        api.Tagged(ApiTags.Indices).MapKpis();
        api.Tagged(ApiTags.Indices).MapReviews();
        api.Tagged(ApiTags.Indices).MapMinutes();
        api.Tagged(ApiTags.Patrols).MapPatrols();
        api.Tagged(ApiTags.Care).MapCare();
        api.Tagged(ApiTags.Visits).MapVisits();
        api.Tagged(ApiTags.Services).MapServices();
        api.Tagged(ApiTags.Public).MapPublic();
        api.Tagged(ApiTags.Hotline).MapHotline();
        api.Tagged(ApiTags.Subscriptions).MapSubscriptions();
        api.Tagged(ApiTags.Rules).MapRules();
        api.Tagged(ApiTags.Incidents).MapContacts(api.Tagged(ApiTags.Services));
        api.Tagged(ApiTags.Accesses).MapAccesses();
        api.Tagged(ApiTags.Persons).MapPersons();
        if (app.Services.GetRequiredService<AuthOptions>().HasKeys)
            app.MapAccounts();

        app.MapMe();
        if (openId.IsOn)
            app.MapOpenId();

        app.MapOpen311();
        app.MapResidents();
        app.MapHub<MeshHub>(MeshHub.Path, Connect).Add(
            endpoint => endpoint.RequestDelegate = Shortcut(
                app.Services.GetRequiredService<HubSockets>(), app.Services.GetRequiredService<ConnectionCounts>(),
                endpoint.RequestDelegate!));
        app.MapMeshProbes();
        app.MapApiDocuments();
        app.MapWeb(wall);
        if (app.Environment.IsDevelopment())
            app.MapDevelopment();
    }

    /// <summary>Pages of other origins, which bring a token: nothing that a browser adds by itself counts.</summary>
    private static void UseOrigins(this WebApplication app)
    {
        if (app.Services.GetRequiredService<EndpointOptions>().CorsOrigins is { Count: > 0 } origins)
        {
            app.UseCors(policy => policy.WithOrigins([.. origins]).AllowAnyMethod().AllowAnyHeader()
                .WithExposedHeaders("Retry-After", "ETag", "Location"));
        }
    }

    /// <summary>Endpoints that are opened by keys: Development has one for each where none is set.</summary>
    private static void AddKeyHolders(this WebApplicationBuilder builder)
    {
        var open311 = builder.Configuration.GetSection(Open311Options.Section).Get<Open311Options>()
            ?? new Open311Options();
        var hotline = builder.Configuration.GetSection(HotlineOptions.Section).Get<HotlineOptions>()
            ?? new HotlineOptions();
        builder.AddKeys(RequestEndpoint.Keys, open311.Keys, Open311Options.DevelopmentKey);
        builder.AddKeys(HotlineAccess.Keys, hotline.Keys, HotlineOptions.DevelopmentKey);
        builder.Services.AddSingleton(open311).AddSingleton(new PublicLines(open311.Lines));
        builder.Services.AddSingleton<LookupLimits>().AddSingleton<HotlineAccess>();
    }

    private static void AddKeys(
        this WebApplicationBuilder builder, string name, IList<ApiKeyOptions> keys, string developmentKey)
    {
        var extra = builder.Environment.IsDevelopment() && keys.Count == 0 ? developmentKey : null;
        builder.Services.AddKeyedSingleton(
            name, (services, _) => new ApiKeys(keys, extra, services.GetRequiredService<TimeProvider>()));
    }

    private static void Connect(HttpConnectionDispatcherOptions hub)
    {
        hub.CloseOnAuthenticationExpiration = true;
        hub.AllowStatefulReconnects = true;
    }

    /// <summary>
    /// A WebSocket without a negotiation is ours; the rest goes SignalR's own way. Negotiations and what is sent by a
    /// request of its own end at once; whatever else comes lasts.
    /// </summary>
    private static RequestDelegate Shortcut(HubSockets sockets, ConnectionCounts counts, RequestDelegate signalR) =>
        context => HttpMethods.IsPost(context.Request.Method) || HttpMethods.IsDelete(context.Request.Method)
            ? signalR(context)
            : counts.ServeAsync(context, HubSockets.Takes(context) ? sockets.ServeAsync : signalR.Invoke);

    private static void Speak(System.Text.Json.JsonSerializerOptions options)
    {
        BodyJson.Apply(options);
        NumberMask.AddTo(options);
        options.Converters.Insert(0, new HistoryEntryJsonConverter());
    }
}
