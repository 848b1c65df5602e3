using Threadwell.Care.Rules;

namespace Threadwell.Care.Treatments;

/// <summary>What the gate says.</summary>
/// <param name="MayStart">Whether the treatment may start.</param>
/// <param name="IsOverridden">Whether it may start only because a doctor signed an override; it is audited.</param>
/// <param name="Blocks">What stands against it, in the order in which it is best put right; kept when it is overridden.</param>
public sealed record GateResult(bool MayStart, bool IsOverridden, IReadOnlyList<GateBlock> Blocks);

/// <summary>One thing that stands against a start.</summary>
/// <param name="Code">Its name, which does not change ("consent.too-fresh").</param>
/// <param name="Reason">What is missing or wrong, without a full stop.</param>
/// <param name="Fix">What to do, without a full stop.</param>
public sealed record GateBlock(string Code, Wording Reason, Wording Fix)
{
    /// <summary>"Cannot start: reason. Fix: step." in both languages.</summary>
    public Wording Line => new($"Cannot start: {Reason.En}. Fix: {Fix.En}.", $"Chưa thể bắt đầu: {Reason.Vi}. Cách xử lý: {Fix.Vi}.");
}
