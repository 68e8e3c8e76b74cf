namespace GridMesh.Contracts.Access;

/// <summary>An order of somebody: the same id again is the same order, or it is refused.</summary>
public interface ICommand
{
    Guid CommandId { get; }

    Actor By { get; }

    /// <summary>
    /// The command with what its sender says in it, and nothing that the product has put there by itself: by this two
    /// commands of one id are compared.
    /// </summary>
    ICommand AsSent => this;
}
