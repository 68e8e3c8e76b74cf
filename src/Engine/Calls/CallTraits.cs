namespace GridMesh.Engine.Calls;

/// <summary>How a call may run beside others.</summary>
[Flags]
internal enum CallTraits
{
    None = 0,
    ReadOnly = 1,
    AlwaysInterleave = 2,
    OneWay = 4,

    /// <summary>Belongs to this activation alone (a timer tick), so it dies with it.</summary>
    Local = 8,

    /// <summary>Does not count as use, so the collector may still come.</summary>
    Unused = 16,

    /// <summary>
    /// The sender's own thread takes it up next, before what came in from outside meanwhile: what has begun to climb
    /// arrives first when the machine is full. For what goes one way only and comes to an end.
    /// </summary>
    Next = 32,
}
