using GridMesh.Engine.Activations;

namespace GridMesh.Engine.Calls;

/// <summary>Something that runs as a turn of an activation; links itself into one queue at a time.</summary>
internal abstract class WorkItem
{
    internal WorkItem? Next { get; set; }

    public abstract void Run(Activation activation);
}

/// <summary>What follows an await inside a grain.</summary>
internal sealed class Continuation(SendOrPostCallback callback, object? state) : WorkItem
{
    public override void Run(Activation activation)
    {
        try
        {
            callback(state);
        }
        catch (Exception exception)
        {
            // An async void method of a grain: nobody waits for it, so it is counted and logged here.
            activation.CountFault(exception, observed: false);
        }
    }
}

/// <summary>A first-in first-out queue of linked work items; not safe by itself.</summary>
internal struct WorkQueue
{
    private WorkItem? _tail;

    public WorkItem? Head { get; private set; }

    public readonly bool IsEmpty => Head is null;

    public void Add(WorkItem item)
    {
        item.Next = null;
        if (_tail is null)
            Head = item;
        else
            _tail.Next = item;
        _tail = item;
    }

    public WorkItem? Take()
    {
        var item = Head;
        if (item is null)
            return null;
        Head = item.Next;
        if (Head is null)
            _tail = null;
        item.Next = null;
        return item;
    }
}
