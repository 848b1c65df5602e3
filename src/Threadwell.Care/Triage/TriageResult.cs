using NodaTime;
using Threadwell.Care.Rules;

namespace Threadwell.Care.Triage;

/// <summary>What triage says of a course now.</summary>
/// <param name="Level">The level; null where nothing has been told and nothing is missed.</param>
/// <param name="Day">The calendar day after the treatment of the answers that decide, or of now where there are none; null where it is not known.</param>
/// <param name="Reasons">The rules that hold, the most severe first, a line each.</param>
/// <param name="Does">What the patient does now: what the level says, then what reasons add, each once. {phone} and the like are put in by who shows it.</param>
/// <param name="Ask">Ids of questions that are open and are asked again, in their order.</param>
/// <param name="Missed">Id of the check-in that has not come; null for none.</param>
/// <param name="Deadlines">What the clinic has to have done by when, from the arrival of the answers.</param>
public sealed record TriageResult(TriageLevel? Level, int? Day, IReadOnlyList<TriageRule> Reasons, IReadOnlyList<Wording> Does, IReadOnlyList<string> Ask, string? Missed, IReadOnlyList<Deadline> Deadlines);

/// <summary>A step of the clinic and when it falls due.</summary>
/// <param name="Step">The step.</param>
/// <param name="Due">When, in the clinic's offset.</param>
public sealed record Deadline(DeadlineStep Step, OffsetDateTime Due);
