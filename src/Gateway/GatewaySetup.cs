using GridMesh.Contracts.Json;
using GridMesh.Gateway.Access;
using GridMesh.Gateway.Areas;
using GridMesh.Gateway.Buildings;
using GridMesh.Gateway.Directory;
using GridMesh.Gateway.Health;
using GridMesh.Gateway.Incidents;
using GridMesh.Gateway.Problems;
using GridMesh.Gateway.Sensors;
using GridMesh.Gateway.Telemetry;
using GridMesh.Gateway.Wall;
using GridMesh.Gateway.Workers;
using Microsoft.AspNetCore.SignalR;

namespace GridMesh.Gateway;

/// <summary>The gateway's contents page: what it adds and what it maps.</summary>
public static class GatewaySetup
{
    /// <summary>Largest request body in bytes (DESIGN "Bounds").</summary>
    public const long BodyMax = 1_000_000;

    public static void AddMeshGateway(this WebApplicationBuilder builder, AuthOptions auth)
    {
        var limits = builder.Configuration.GetSection(LimitOptions.Section).Get<LimitOptions>() ?? new LimitOptions();
        var services = builder.Services;
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = BodyMax);
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(options => Speak(options.SerializerOptions));
        services.AddProblemDetails().AddExceptionHandler<FaultHandler>();
        services.AddMeshAccess(auth).AddMeshRateLimits(limits);
        services.AddOpenApi();
        services.AddSignalR(hub => hub.KeepAliveInterval = TimeSpan.FromSeconds(10))
            .AddJsonProtocol(json => Speak(json.PayloadSerializerOptions));
        services.AddSingleton<MeshLifetimeManager>();
        services.AddSingleton<HubLifetimeManager<MeshHub>>(
            provider => provider.GetRequiredService<MeshLifetimeManager>());
        services.AddSingleton<ChannelContext>().AddSingleton<AreaChannels>();
        services.AddHostedService(provider => provider.GetRequiredService<AreaChannels>());
        services.AddSingleton<IncidentDesk>().AddSingleton<PositionDoor>().AddSingleton<GridLocator>();
        services.AddSingleton<Readiness>().AddSingleton<PrometheusText>();
        services.AddHostedService<TelemetrySetup>();
    }

    public static void MapMeshGateway(this WebApplication app)
    {
        // Meters count from their listener on: it has to be there before the first request.
        app.Services.GetRequiredService<PrometheusText>();
        app.UseExceptionHandler();
        app.UseProblemStatusPages();
        app.UseWallFiles();
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        var api = app.MapGroup("/api/v1");
        api.MapAreas();
        api.MapIncidents();
        api.MapPositions();
        api.MapWorkers();
        api.MapSensors();
        api.MapBuildings();
        app.MapHub<MeshHub>(MeshHub.Path, hub => hub.CloseOnAuthenticationExpiration = true);
        app.MapHealth();
        app.MapGet("/metrics", (PrometheusText metrics) => Results.Text(metrics.Render(), "text/plain; version=0.0.4"))
            .AllowAnonymous().ExcludeFromDescription();
        app.MapOpenApi().AllowAnonymous();
        app.MapWall(app.Configuration.GetSection(WallOptions.Section).Get<WallOptions>() ?? new WallOptions());
        if (app.Environment.IsDevelopment())
        {
            app.MapDevelopment();
        }
    }

    private static void Speak(System.Text.Json.JsonSerializerOptions options)
    {
        MeshJson.Apply(options);
        options.Converters.Insert(0, new HistoryEntryJsonConverter());
    }
}
