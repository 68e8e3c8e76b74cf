using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;

namespace GridMesh.Contracts.Services;

/// <summary>
/// An order to the services of one grid. The same <see cref="CommandId"/> again is answered as the first time.
/// </summary>
[GenerateSerializer, Immutable, Alias("ServiceCommand")]
public abstract record ServiceCommand(
    [property: Id(0)] Guid CommandId, [property: Id(1)] Actor By, [property: Id(2)] string Service) : ICommand;

/// <param name="Request">Checked by the gateway; its number is that of the command.</param>
[GenerateSerializer, Immutable, Alias("AskService")]
public sealed record AskService(Guid CommandId, Actor By, string Service, [property: Id(0)] ServiceRequest Request)
    : ServiceCommand(CommandId, By, Service);

/// <summary>A worker or the leader of the grid takes it up.</summary>
[GenerateSerializer, Immutable, Alias("TakeService")]
public sealed record TakeService(Guid CommandId, Actor By, string Service) : ServiceCommand(CommandId, By, Service);

/// <summary>The grid's leader gives it to somebody of the grid.</summary>
[GenerateSerializer, Immutable, Alias("AssignService")]
public sealed record AssignService(Guid CommandId, Actor By, string Service, [property: Id(0)] string Worker)
    : ServiceCommand(CommandId, By, Service);

[GenerateSerializer, Immutable, Alias("AskDocuments")]
public sealed record AskDocuments(Guid CommandId, Actor By, string Service, [property: Id(0)] string Text)
    : ServiceCommand(CommandId, By, Service);

[GenerateSerializer, Immutable, Alias("TakeDocuments")]
public sealed record TakeDocuments(Guid CommandId, Actor By, string Service) : ServiceCommand(CommandId, By, Service);

[GenerateSerializer, Immutable, Alias("FinishService")]
public sealed record FinishService(Guid CommandId, Actor By, string Service, [property: Id(0)] string Text)
    : ServiceCommand(CommandId, By, Service);

[GenerateSerializer, Immutable, Alias("DeclineService")]
public sealed record DeclineService(Guid CommandId, Actor By, string Service, [property: Id(0)] string Text)
    : ServiceCommand(CommandId, By, Service);

/// <param name="HasToken">It came with the service's own token: whoever sends it is the asker.</param>
[GenerateSerializer, Immutable, Alias("WithdrawService")]
public sealed record WithdrawService(Guid CommandId, Actor By, string Service, [property: Id(0)] bool HasToken)
    : ServiceCommand(CommandId, By, Service);

/// <param name="HasToken">It came with the service's own token: whoever sends it is the asker.</param>
/// <param name="Score">1 to 5.</param>
[GenerateSerializer, Immutable, Alias("RateService")]
public sealed record RateService(
    Guid CommandId, Actor By, string Service, [property: Id(0)] bool HasToken, [property: Id(1)] int Score,
    [property: Id(2)] string? Comment) : ServiceCommand(CommandId, By, Service);

/// <summary>Whoever asked for it is forgotten, once it is over.</summary>
/// <param name="Person">A keyed hash of whom it is done for; null where nobody asked.</param>
[GenerateSerializer, Immutable, Alias("EraseService")]
public sealed record EraseService(
    Guid CommandId, Actor By, string Service, [property: Id(0)] string Reason, [property: Id(1)] string? Person)
    : ServiceCommand(CommandId, By, Service);

/// <param name="Service">As it stands after the command; null when it was refused or is not known any more.</param>
[GenerateSerializer, Immutable, Alias("ServiceOutcome")]
public sealed record ServiceOutcome([property: Id(0)] RejectCode? Reject, [property: Id(1)] ServiceView? Service);

[GenerateSerializer, Immutable, Alias("MatterCount")]
public sealed record MatterCount([property: Id(0)] string Matter, [property: Id(1)] int Asked);

/// <summary>How the services of a grid stand: numbers, and nothing of whom they are about.</summary>
/// <param name="Overdue">Open ones whose time is over.</param>
/// <param name="Done">Ever, rated or not.</param>
/// <param name="ByMatter">Asked for, ever.</param>
[GenerateSerializer, Immutable, Alias("ServiceBoard")]
public sealed record ServiceBoard(
    [property: Id(0)] int Asked, [property: Id(1)] int Taken, [property: Id(2)] int DocumentsNeeded,
    [property: Id(3)] int Overdue, [property: Id(4)] int Done, [property: Id(5)] int Declined,
    [property: Id(6)] int Withdrawn, [property: Id(7)] ImmutableArray<MatterCount> ByMatter);

/// <summary>The services of one grid. Key: the grid's 15 digits.</summary>
[Alias("IServiceGrain")]
public interface IServiceGrain : IGrainWithStringKey
{
    /// <summary>Answered once the fact is durable.</summary>
    [Alias("Execute")]
    Task<ServiceOutcome> ExecuteAsync(ServiceCommand command);

    [Alias("Find")]
    Task<ServiceView?> FindAsync(string service);

    [Alias("GetBoard")]
    Task<ServiceBoard> GetBoardAsync();

    /// <summary>Those that are known, oldest first.</summary>
    /// <param name="state">Null: of any state.</param>
    [Alias("GetServices")]
    Task<ImmutableArray<ServiceView>> GetServicesAsync(ServiceState? state);
}
