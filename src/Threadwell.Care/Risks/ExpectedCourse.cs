using System.Collections.Immutable;
using Threadwell.Care.Rules;

namespace Threadwell.Care.Risks;

/// <summary>Something that is usual after a treatment and passes.</summary>
/// <param name="Id">Name that does not change.</param>
/// <param name="What">What happens, and for how long, in plain words.</param>
/// <param name="Sources">Evidence rows.</param>
public sealed record ExpectedEffect(string Id, Wording What, ImmutableArray<string> Sources);

/// <summary>
/// What to expect after a treatment (M9), apart from complications. The times come from clinics' sheets, which are of low grade: they are told as
/// ranges, and none of them is promised.
/// </summary>
public static class ExpectedCourse
{
    /// <summary>What is usual, from the first hour on.</summary>
    public static IReadOnlyList<ExpectedEffect> Effects { get; } =
    [
        new("needle-marks", new("Needle marks at the entries. No make-up on them until they are closed, 24 hours at the least.", "Vết kim ở các điểm vào. Không trang điểm lên đó đến khi liền, ít nhất 24 giờ."), ["E-107", "E-111"]),
        new("swelling", new("Swelling, most about the second day.", "Sưng, nhiều nhất khoảng ngày thứ hai."), ["E-112"]),
        new("bruising", new("Bruises in about a third to two thirds of patients in small series; they fade in one to two weeks.", "Bầm tím ở khoảng một phần ba đến hai phần ba bệnh nhân trong các nghiên cứu nhỏ; mờ dần sau một đến hai tuần."), ["E-096", "E-097", "E-112"]),
        new("tightness", new("A feeling of tightness or slight pain when chewing, talking or lying on the side.", "Cảm giác căng hoặc đau nhẹ khi nhai, nói hoặc nằm nghiêng."), ["E-097"]),
        new("dimples", new("Dimples or small folds for some days to four weeks.", "Lõm da hoặc nếp nhỏ trong vài ngày đến bốn tuần."), ["E-105"]),
        new("numbness", new("Numb or tingling spots for some weeks, at times one to six months.", "Chỗ tê hoặc châm chích trong vài tuần, có khi một đến sáu tháng."), ["E-105"]),
        new("activity", new("Desk work usually the next day; sport, sauna and strong movement of the face wait for two to four weeks, as your sheet says.", "Thường đi làm văn phòng ngày hôm sau; thể thao, xông hơi và cử động mặt mạnh chờ hai đến bốn tuần theo phiếu dặn dò."), ["E-107", "E-108", "E-109", "E-110", "E-111"]),
    ];
}
