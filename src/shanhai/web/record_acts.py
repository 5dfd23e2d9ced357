"""What is done on a record's page: giving the word on it, adding evidence, fetching evidence."""

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST, require_safe

from shanhai.access.actions import Corrected, NoReason, give_word, keep_evidence
from shanhai.access.evidence import ENDINGS, LARGEST, path_of
from shanhai.access.words import other_side
from shanhai.base.findings import Refused
from shanhai.base.language import say
from shanhai.journal.models import Evidence
from shanhai.journal.terms import Side, Word
from shanhai.web import records, wording
from shanhai.web.journal_pages import number_of
from shanhai.web.proof import may_keep
from shanhai.web.sessions import Forbidden, SignedIn
from shanhai.web.words import may_speak


@require_POST
def give(request: SignedIn, word: str, type_name: str, key: str) -> HttpResponse:
    """Confirm or dispute the other side's record."""
    words = {"confirm": Word.CONFIRMED, "dispute": Word.DISPUTED}
    if word not in words:
        raise Http404
    record = records.record_named(type_name, key)
    side = other_side(record)
    if side and not may_speak(request.actor, record):
        raise Forbidden(
            say(
                "对这条记录表态，由{label}的协作办经办人或财务人员来做；没有写入任何内容。",
                label=say(str(Side(side).label)),
            )
        )
    note = request.POST.get("note", "").strip()[:1000]
    shown = request.POST.get("entry", str(record.entry))
    try:
        give_word(
            record, word=words[word], note=note, actor=request.actor, today=localdate(), seen=number_of(shown) or 0
        )
    except Corrected as refused:
        now = records.record_named(type_name, key)
        return records.show(request, now, status=409, word_error=str(refused), note=note)
    except NoReason as refused:
        return records.show(request, record, status=400, dispute_error=str(refused))
    return redirect(wording.with_query(wording.record_url(type_name, key), told=str(words[word])) + "#word")


@require_POST
def keep(request: SignedIn, type_name: str, key: str) -> HttpResponse:
    """Add a file to a record of one's own book."""
    record = records.record_named(type_name, key)
    if not may_keep(request.actor, record):
        raise Forbidden(say("凭证由填报方自己的经办人、财务人员、项目单位或工作队添加；没有保存任何文件。"))
    file = request.FILES.get("file")
    if file is None:
        return records.show(request, record, status=400, evidence_error=say("还没有选择文件。"))
    try:
        body = file.read(LARGEST + 1)
        keep_evidence(record, name=str(file.name or say("凭证"))[:200], body=body, actor=request.actor)
    except Refused as refused:
        return records.show(request, record, status=400, evidence_error=str(refused))
    return redirect(wording.with_query(wording.record_url(type_name, key), told="kept") + "#evidence")


@require_safe
def fetch(request: SignedIn, number: int) -> HttpResponseBase:
    """A file as it was given, to be saved; only to those who see its record."""
    one = Evidence.objects.filter(pk=number).first()
    if one is None or not path_of(one.digest).is_file():
        raise Http404
    ending = ENDINGS.get(one.media_type, "")
    name = one.name if one.name.lower().endswith(ending) else one.name + ending
    headers = {"Content-Security-Policy": "default-src 'none'; sandbox"}
    file = path_of(one.digest).open("rb")
    return FileResponse(file, content_type=one.media_type, headers=headers, as_attachment=True, filename=name)
