using NodaTime;
using Threadwell.Care.Rules;

namespace Threadwell.Care.Treatments;

/// <summary>What keeps a package from being placed, or a treatment from being ended. Care for a complication places no thread and is not checked.</summary>
public static class ThreadChecks
{
    /// <summary>Why a package must not be placed.</summary>
    /// <param name="isAbsorbable">Whether the body absorbs the thread.</param>
    /// <param name="expiry">Last day of use; null while unknown.</param>
    /// <param name="lot">Lot; empty while unknown.</param>
    /// <param name="today">The day.</param>
    /// <returns>The reasons; empty when it may be placed.</returns>
    public static IReadOnlyList<GateBlock> Package(bool isAbsorbable, LocalDate? expiry, string lot, LocalDate today)
    {
        var blocks = new List<GateBlock>();
        if (!isAbsorbable)
        {
            blocks.Add(new(
                "product.not-absorbable",
                new("this thread is not absorbable; such threads came out or were felt far more often (E-091, E-127)", "chỉ này không tự tiêu; loại này trồi ra hoặc gây tê bì nhiều hơn hẳn (E-091, E-127)"),
                new("choose an absorbable thread", "chọn chỉ tự tiêu")));
        }

        if (expiry is not { } last)
        {
            blocks.Add(new("product.expiry-unknown", new("the last day of use is not known", "không rõ hạn dùng"), new("scan or type it from the package", "quét hoặc nhập từ bao bì")));
        }
        else if (last < today)
        {
            string date = NodaTime.Text.LocalDatePattern.Iso.Format(last);
            blocks.Add(new("product.expired", new($"the package expired on {date}", $"bao bì đã hết hạn ngày {date}"), new("set it aside and take another", "để riêng và lấy gói khác")));
        }

        if (string.IsNullOrWhiteSpace(lot))
        {
            blocks.Add(new("product.lot-missing", new("the lot is missing, so that a recall would not find this patient", "thiếu số lô nên khi thu hồi sẽ không tìm được bệnh nhân"), new("scan or type it from the package", "quét hoặc nhập từ bao bì")));
        }

        return blocks;
    }

    /// <summary>Whether each planned thread was placed or has a reason, and each placed one realises a planned one or says why not.</summary>
    /// <param name="planned">Ids of the plan's threads.</param>
    /// <param name="placed">Placed threads: the id each realises, or null with its reason.</param>
    /// <param name="notPlaced">Reasons by the ids of planned threads that were not placed.</param>
    /// <returns>What is open; empty when the treatment may be ended.</returns>
    public static IReadOnlyList<GateBlock> Realisation(IReadOnlyCollection<string> planned, IReadOnlyList<PlacedThread> placed, IReadOnlyDictionary<string, string> notPlaced)
    {
        ArgumentNullException.ThrowIfNull(planned);
        ArgumentNullException.ThrowIfNull(placed);
        ArgumentNullException.ThrowIfNull(notPlaced);
        var blocks = new List<GateBlock>();
        void Add(string code, string en, string vi, string fixEn, string fixVi) => blocks.Add(new GateBlock(code, new Wording(en, vi), new Wording(fixEn, fixVi)));
        foreach (string id in planned)
        {
            int times = placed.Count(thread => thread.Realises == id);
            bool hasReason = notPlaced.TryGetValue(id, out string? reason) && !string.IsNullOrWhiteSpace(reason);
            if (times == 0 && !hasReason)
            {
                Add("thread.open", $"the planned thread {id} was neither placed nor given a reason", $"chỉ {id} trong kế hoạch chưa đặt và chưa có lý do", "record it, or say why it was not placed", "ghi nhận, hoặc nêu lý do không đặt");
            }
            else if (times > 1)
            {
                Add("thread.twice", $"{times} threads are said to be the planned thread {id}", $"{times} sợi cùng ghi là chỉ {id}", "correct which one it is; the others need a reason", "sửa lại sợi đúng; các sợi khác cần lý do");
            }
            else if (times == 1 && hasReason)
            {
                Add("thread.both", $"the planned thread {id} was placed and has a reason for not being placed", $"chỉ {id} đã đặt nhưng lại có lý do không đặt", "take one of them away", "bỏ một trong hai");
            }
        }

        foreach (PlacedThread thread in placed)
        {
            if (thread.Realises is { } id && !planned.Contains(id))
            {
                Add("thread.unknown", $"the plan has no thread {id}", $"kế hoạch không có chỉ {id}", "choose a planned thread, or say why it is another", "chọn chỉ trong kế hoạch, hoặc nêu lý do");
            }
            else if (thread.Realises is null && string.IsNullOrWhiteSpace(thread.Reason))
            {
                Add("thread.reason", "a thread was placed that is not in the plan, without a reason", "có sợi ngoài kế hoạch chưa nêu lý do", "say why", "nêu lý do");
            }
        }

        return blocks;
    }
}

/// <summary>A thread that was placed.</summary>
/// <param name="Realises">Id of the planned thread that it realises; null where it realises none.</param>
/// <param name="Reason">Why it realises none; empty where it does.</param>
public sealed record PlacedThread(string? Realises, string Reason);
