namespace Threadwell.Web.Reminders;

/// <summary>How a hand-over ended.</summary>
internal enum DeliveryOutcome
{
    /// <summary>It was accepted.</summary>
    Accepted,

    /// <summary>It was refused for good.</summary>
    Refused,

    /// <summary>It was refused for now.</summary>
    Later,

    /// <summary>Nobody was there, or nobody let us in; nothing was handed over.</summary>
    Unreachable,

    /// <summary>The connection broke on the way: it may have been accepted.</summary>
    Unknown,

    /// <summary>The browser does not take messages any more.</summary>
    Gone,
}

/// <summary>How a hand-over ended, and what the other side said.</summary>
/// <param name="Outcome">How.</param>
/// <param name="Said">What it said; may be empty.</param>
internal sealed record Delivery(DeliveryOutcome Outcome, string Said = "")
{
    /// <summary>It was accepted.</summary>
    public static Delivery Accepted { get; } = new(DeliveryOutcome.Accepted);
}
