"""The table of tests/test_access.py: who gets which answer from which address. Its first lines explain it.

What each person is to a case (own and partner open it; a lender that was asked sees its task, not the case):

    case  own                 partner                  inspect   asked for credit   foreign to
    A     lan, hanh           binh, hanh, van          thanh                        everybody else
    B     cuc, hanh           binh, hanh, van                                       everybody else
    C     phuong, son         quynh                                                 everybody else
    K     lan, hanh           binh, hanh, van                    ngan               everybody else
"""

TABLE = """
address               object   method nobody stranger lan cuc binh ngan nga hanh thanh tuan van phuong quynh son owner

home                  -        GET    in     302      302 302 302  302  302 302  302   302  302 302    302   302 302
home                  -        POST   in     302      302 302 302  302  302 302  302   302  302 302    302   302 302

tasks:inbox           -        GET    in     200      200 200 200  200  200 200  200   200  200 200    200   200 200
tasks:inbox           -        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

tasks:bulk            -        GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
tasks:bulk            -        POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

tasks:views           -        GET    in     200      200 200 200  200  200 200  200   200  200 200    200   200 200
tasks:views           -        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

tasks:new_view        -        GET    in     200      200 200 200  200  200 200  200   200  200 200    200   200 200
tasks:new_view        -        POST   in     200      200 200 200  200  200 200  200   200  200 200    200   200 200

tasks:withdraw_view   view     GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
tasks:withdraw_view   view     POST   in     404      302 404 404  404  404 404  404   404  404 404    404   404 404
tasks:withdraw_view   none     GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
tasks:withdraw_view   none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

tasks:task            waiting  GET    in     404      200 404 200  404  404 200  200   404  200 404    404   404 404
tasks:task            waiting  POST   in     404      403 404 403  404  404 403  403   404  403 404    404   404 404
tasks:task            taken    GET    in     404      200 404 200  404  404 200  404   404  200 404    404   404 404
tasks:task            taken    POST   in     404      200 404 403  404  404 403  404   404  403 404    404   404 404
tasks:task            credit   GET    in     404      200 404 200  200  404 200  404   404  200 404    404   404 404
tasks:task            credit   POST   in     404      403 404 403  409  404 403  404   404  403 404    404   404 404
tasks:task            other    GET    in     404      404 404 404  404  404 404  404   404  404 200    200   200 404
tasks:task            other    POST   in     404      404 404 404  404  404 404  404   404  404 403    403   403 404
tasks:task            none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
tasks:task            none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

tasks:claim           waiting  GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
tasks:claim           waiting  POST   in     404      302 404 403  404  404 403  403   404  403 404    404   404 404
tasks:claim           taken    GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
tasks:claim           taken    POST   in     404      302 404 403  404  404 403  404   404  403 404    404   404 404
tasks:claim           credit   GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
tasks:claim           credit   POST   in     404      403 404 403  302  404 403  404   404  403 404    404   404 404
tasks:claim           other    GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
tasks:claim           other    POST   in     404      404 404 404  404  404 404  404   404  404 302    403   403 404
tasks:claim           none     GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
tasks:claim           none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

tasks:release         waiting  GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
tasks:release         waiting  POST   in     404      302 404 403  404  404 403  403   404  403 404    404   404 404
tasks:release         taken    GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
tasks:release         taken    POST   in     404      302 404 403  404  404 403  404   404  403 404    404   404 404
tasks:release         credit   GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
tasks:release         credit   POST   in     404      403 404 403  302  404 403  404   404  403 404    404   404 404
tasks:release         other    GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
tasks:release         other    POST   in     404      404 404 404  404  404 404  404   404  404 302    403   403 404
tasks:release         none     GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
tasks:release         none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

tasks:reassign        waiting  GET    in     404      403 404 403  404  404 200  403   404  200 404    404   404 404
tasks:reassign        waiting  POST   in     404      403 404 403  404  404 200  403   404  200 404    404   404 404
tasks:reassign        taken    GET    in     404      403 404 403  404  404 200  404   404  200 404    404   404 404
tasks:reassign        taken    POST   in     404      403 404 403  404  404 200  404   404  200 404    404   404 404
tasks:reassign        credit   GET    in     404      403 404 403  403  404 403  404   404  200 404    404   404 404
tasks:reassign        credit   POST   in     404      403 404 403  403  404 403  404   404  200 404    404   404 404
tasks:reassign        other    GET    in     404      404 404 404  404  404 404  404   404  404 403    403   200 404
tasks:reassign        other    POST   in     404      404 404 404  404  404 404  404   404  404 403    403   200 404
tasks:reassign        none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
tasks:reassign        none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

tasks:draft           waiting  GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
tasks:draft           waiting  POST   in     404      409 404 409  404  404 409  409   404  409 404    404   404 404
tasks:draft           taken    GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
tasks:draft           taken    POST   in     404      204 404 409  404  404 409  404   404  409 404    404   404 404
tasks:draft           credit   GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
tasks:draft           credit   POST   in     404      409 404 409  409  404 409  404   404  409 404    404   404 404
tasks:draft           other    GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
tasks:draft           other    POST   in     404      404 404 404  404  404 404  404   404  404 409    409   409 404
tasks:draft           none     GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
tasks:draft           none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

taskreturn:return     waiting  GET    in     404      403 404 403  404  404 403  403   404  403 404    404   404 404
taskreturn:return     waiting  POST   in     404      403 404 403  404  404 403  403   404  403 404    404   404 404
taskreturn:return     taken    GET    in     404      200 404 403  404  404 403  404   404  403 404    404   404 404
taskreturn:return     taken    POST   in     404      200 404 403  404  404 403  404   404  403 404    404   404 404
taskreturn:return     credit   GET    in     404      403 404 403  403  404 403  404   404  403 404    404   404 404
taskreturn:return     credit   POST   in     404      403 404 403  403  404 403  404   404  403 404    404   404 404
taskreturn:return     other    GET    in     404      404 404 404  404  404 404  404   404  404 403    403   403 404
taskreturn:return     other    POST   in     404      404 404 404  404  404 404  404   404  404 403    403   403 404
taskreturn:return     none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
taskreturn:return     none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

taskreturn:call_back  waiting  GET    in     404      403 404 403  404  404 403  403   404  403 404    404   404 404
taskreturn:call_back  waiting  POST   in     404      403 404 403  404  404 403  403   404  403 404    404   404 404
taskreturn:call_back  taken    GET    in     404      200 404 403  404  404 403  404   404  403 404    404   404 404
taskreturn:call_back  taken    POST   in     404      302 404 403  404  404 403  404   404  403 404    404   404 404
taskreturn:call_back  credit   GET    in     404      403 404 403  403  404 403  404   404  403 404    404   404 404
taskreturn:call_back  credit   POST   in     404      403 404 403  403  404 403  404   404  403 404    404   404 404
taskreturn:call_back  other    GET    in     404      404 404 404  404  404 404  404   404  404 403    403   403 404
taskreturn:call_back  other    POST   in     404      404 404 404  404  404 404  404   404  404 403    403   403 404
taskreturn:call_back  none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
taskreturn:call_back  none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

taskclock:wait        waiting  GET    in     404      200 404 403  404  404 200  403   404  403 404    404   404 404
taskclock:wait        waiting  POST   in     404      200 404 403  404  404 200  403   404  403 404    404   404 404
taskclock:wait        taken    GET    in     404      200 404 403  404  404 200  404   404  403 404    404   404 404
taskclock:wait        taken    POST   in     404      200 404 403  404  404 200  404   404  403 404    404   404 404
taskclock:wait        credit   GET    in     404      403 404 403  403  404 403  404   404  403 404    404   404 404
taskclock:wait        credit   POST   in     404      403 404 403  403  404 403  404   404  403 404    404   404 404
taskclock:wait        other    GET    in     404      404 404 404  404  404 404  404   404  404 200    403   200 404
taskclock:wait        other    POST   in     404      404 404 404  404  404 404  404   404  404 200    403   200 404
taskclock:wait        none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
taskclock:wait        none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

taskclock:answered    waiting  GET    in     404      200 404 403  404  404 200  403   404  403 404    404   404 404
taskclock:answered    waiting  POST   in     404      200 404 403  404  404 200  403   404  403 404    404   404 404
taskclock:answered    taken    GET    in     404      200 404 403  404  404 200  404   404  403 404    404   404 404
taskclock:answered    taken    POST   in     404      200 404 403  404  404 200  404   404  403 404    404   404 404
taskclock:answered    credit   GET    in     404      403 404 403  200  404 403  404   404  403 404    404   404 404
taskclock:answered    credit   POST   in     404      403 404 403  302  404 403  404   404  403 404    404   404 404
taskclock:answered    other    GET    in     404      404 404 404  404  404 404  404   404  404 200    403   200 404
taskclock:answered    other    POST   in     404      404 404 404  404  404 404  404   404  404 200    403   200 404
taskclock:answered    none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
taskclock:answered    none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

taskclock:extend      waiting  GET    in     404      403 404 403  404  404 200  403   404  403 404    404   404 404
taskclock:extend      waiting  POST   in     404      403 404 403  404  404 200  403   404  403 404    404   404 404
taskclock:extend      taken    GET    in     404      403 404 403  404  404 200  404   404  403 404    404   404 404
taskclock:extend      taken    POST   in     404      403 404 403  404  404 200  404   404  403 404    404   404 404
taskclock:extend      credit   GET    in     404      403 404 403  403  404 200  404   404  403 404    404   404 404
taskclock:extend      credit   POST   in     404      403 404 403  403  404 200  404   404  403 404    404   404 404
taskclock:extend      other    GET    in     404      404 404 404  404  404 404  404   404  404 403    403   200 404
taskclock:extend      other    POST   in     404      404 404 404  404  404 404  404   404  404 403    403   200 404
taskclock:extend      none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
taskclock:extend      none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

taskclock:priority    waiting  GET    in     404      403 404 403  404  404 200  403   404  403 404    404   404 404
taskclock:priority    waiting  POST   in     404      403 404 403  404  404 200  403   404  403 404    404   404 404
taskclock:priority    taken    GET    in     404      403 404 403  404  404 200  404   404  403 404    404   404 404
taskclock:priority    taken    POST   in     404      403 404 403  404  404 200  404   404  403 404    404   404 404
taskclock:priority    credit   GET    in     404      403 404 403  403  404 200  404   404  403 404    404   404 404
taskclock:priority    credit   POST   in     404      403 404 403  403  404 200  404   404  403 404    404   404 404
taskclock:priority    other    GET    in     404      404 404 404  404  404 404  404   404  404 403    403   200 404
taskclock:priority    other    POST   in     404      404 404 404  404  404 404  404   404  404 403    403   200 404
taskclock:priority    none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
taskclock:priority    none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

stuck:list            -        GET    in     403      403 403 403  403  403 200  403   403  200 403    403   200 403
stuck:list            -        POST   in     403      403 403 403  403  403 405  403   403  405 403    403   405 403

cases:list            -        GET    in     200      200 200 200  200  200 200  200   200  200 200    200   200 200
cases:list            -        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

cases:new             -        GET    in     403      200 200 403  403  403 403  403   403  403 200    403   403 403
cases:new             -        POST   in     403      200 200 403  403  403 403  403   403  403 200    403   403 403

cases:draft           -        GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
cases:draft           -        POST   in     403      204 204 403  403  403 403  403   403  403 204    403   403 403

cases:file            A        GET    in     404      200 404 200  404  404 200  200   404  200 404    404   404 404
cases:file            A        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
cases:file            B        GET    in     404      404 200 200  404  404 200  404   404  200 404    404   404 404
cases:file            B        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
cases:file            C        GET    in     404      404 404 404  404  404 404  404   404  404 200    200   200 404
cases:file            C        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
cases:file            K        GET    in     404      200 404 200  404  404 200  404   404  200 404    404   404 404
cases:file            K        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
cases:file            none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
cases:file            none     POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

cases:reveal_contact  A        GET    in     404      200 404 200  404  404 403  403   404  403 404    404   404 404
cases:reveal_contact  A        POST   in     404      200 404 200  404  404 403  403   404  403 404    404   404 404
cases:reveal_contact  B        GET    in     404      404 200 200  404  404 403  404   404  403 404    404   404 404
cases:reveal_contact  B        POST   in     404      404 200 200  404  404 403  404   404  403 404    404   404 404
cases:reveal_contact  C        GET    in     404      404 404 404  404  404 404  404   404  404 200    200   403 404
cases:reveal_contact  C        POST   in     404      404 404 404  404  404 404  404   404  404 200    200   403 404
cases:reveal_contact  K        GET    in     404      200 404 200  404  404 403  404   404  403 404    404   404 404
cases:reveal_contact  K        POST   in     404      200 404 200  404  404 403  404   404  403 404    404   404 404
cases:reveal_contact  none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
cases:reveal_contact  none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

cases:export          A        GET    in     404      200 404 403  404  404 200  200   404  403 404    404   404 404
cases:export          A        POST   in     404      200 404 403  404  404 200  200   404  403 404    404   404 404
cases:export          B        GET    in     404      404 200 403  404  404 200  404   404  403 404    404   404 404
cases:export          B        POST   in     404      404 200 403  404  404 200  404   404  403 404    404   404 404
cases:export          C        GET    in     404      404 404 404  404  404 404  404   404  404 200    403   200 404
cases:export          C        POST   in     404      404 404 404  404  404 404  404   404  404 200    403   200 404
cases:export          K        GET    in     404      200 404 403  404  404 200  404   404  403 404    404   404 404
cases:export          K        POST   in     404      200 404 403  404  404 200  404   404  403 404    404   404 404
cases:export          none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
cases:export          none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

cases:history         A        GET    in     404      200 404 200  404  404 200  200   404  200 404    404   404 404
cases:history         A        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
cases:history         B        GET    in     404      404 200 200  404  404 200  404   404  200 404    404   404 404
cases:history         B        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
cases:history         C        GET    in     404      404 404 404  404  404 404  404   404  404 200    200   200 404
cases:history         C        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
cases:history         K        GET    in     404      200 404 200  404  404 200  404   404  200 404    404   404 404
cases:history         K        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
cases:history         none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
cases:history         none     POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

holds:hold            A        GET    in     404      200 404 403  404  404 200  403   404  403 404    404   404 404
holds:hold            A        POST   in     404      200 404 403  404  404 200  403   404  403 404    404   404 404
holds:hold            C        GET    in     404      404 404 404  404  404 404  404   404  404 200    403   200 404
holds:hold            C        POST   in     404      404 404 404  404  404 404  404   404  404 200    403   200 404
holds:hold            K        GET    in     404      200 404 403  404  404 200  404   404  403 404    404   404 404
holds:hold            K        POST   in     404      200 404 403  404  404 200  404   404  403 404    404   404 404
holds:hold            none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
holds:hold            none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

holds:resume          A        GET    in     404      302 404 403  404  404 302  403   404  403 404    404   404 404
holds:resume          A        POST   in     404      200 404 403  404  404 200  403   404  403 404    404   404 404
holds:resume          C        GET    in     404      404 404 404  404  404 404  404   404  404 302    403   302 404
holds:resume          C        POST   in     404      404 404 404  404  404 404  404   404  404 200    403   200 404
holds:resume          K        GET    in     404      302 404 403  404  404 302  404   404  403 404    404   404 404
holds:resume          K        POST   in     404      200 404 403  404  404 200  404   404  403 404    404   404 404
holds:resume          none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
holds:resume          none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

steering:close        A        GET    in     404      200 404 403  404  404 200  403   404  403 404    404   404 404
steering:close        A        POST   in     404      200 404 403  404  404 200  403   404  403 404    404   404 404
steering:close        C        GET    in     404      404 404 404  404  404 404  404   404  404 200    403   200 404
steering:close        C        POST   in     404      404 404 404  404  404 404  404   404  404 200    403   200 404
steering:close        K        GET    in     404      200 404 403  404  404 200  404   404  403 404    404   404 404
steering:close        K        POST   in     404      200 404 403  404  404 200  404   404  403 404    404   404 404
steering:close        none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
steering:close        none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

steering:reopen       A        GET    in     404      403 404 403  404  404 302  403   404  403 404    404   404 404
steering:reopen       A        POST   in     404      403 404 403  404  404 302  403   404  403 404    404   404 404
steering:reopen       C        GET    in     404      404 404 404  404  404 404  404   404  404 403    403   302 404
steering:reopen       C        POST   in     404      404 404 404  404  404 404  404   404  404 403    403   302 404
steering:reopen       K        GET    in     404      403 404 403  404  404 302  404   404  403 404    404   404 404
steering:reopen       K        POST   in     404      403 404 403  404  404 302  404   404  403 404    404   404 404
steering:reopen       none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
steering:reopen       none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

steering:jump         A        GET    in     404      403 404 403  404  404 200  403   404  403 404    404   404 404
steering:jump         A        POST   in     404      403 404 403  404  404 200  403   404  403 404    404   404 404
steering:jump         C        GET    in     404      404 404 404  404  404 404  404   404  404 403    403   200 404
steering:jump         C        POST   in     404      404 404 404  404  404 404  404   404  404 403    403   200 404
steering:jump         K        GET    in     404      403 404 403  404  404 200  404   404  403 404    404   404 404
steering:jump         K        POST   in     404      403 404 403  404  404 200  404   404  403 404    404   404 404
steering:jump         none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
steering:jump         none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

people:members        A        GET    in     404      200 404 200  404  404 200  200   404  200 404    404   404 404
people:members        A        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
people:members        C        GET    in     404      404 404 404  404  404 404  404   404  404 200    200   200 404
people:members        C        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
people:members        K        GET    in     404      200 404 200  404  404 200  404   404  200 404    404   404 404
people:members        K        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
people:members        none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
people:members        none     POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

people:edit           A        GET    in     404      200 404 403  404  404 403  403   404  403 404    404   404 404
people:edit           A        POST   in     404      200 404 403  404  404 403  403   404  403 404    404   404 404
people:edit           C        GET    in     404      404 404 404  404  404 404  404   404  404 200    403   403 404
people:edit           C        POST   in     404      404 404 404  404  404 404  404   404  404 200    403   403 404
people:edit           K        GET    in     404      200 404 403  404  404 403  404   404  403 404    404   404 404
people:edit           K        POST   in     404      200 404 403  404  404 403  404   404  403 404    404   404 404
people:edit           none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
people:edit           none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

people:new            A        GET    in     404      200 404 403  404  404 403  403   404  403 404    404   404 404
people:new            A        POST   in     404      200 404 403  404  404 403  403   404  403 404    404   404 404
people:new            C        GET    in     404      404 404 404  404  404 404  404   404  404 200    403   403 404
people:new            C        POST   in     404      404 404 404  404  404 404  404   404  404 200    403   403 404
people:new            K        GET    in     404      200 404 403  404  404 403  404   404  403 404    404   404 404
people:new            K        POST   in     404      200 404 403  404  404 403  404   404  403 404    404   404 404
people:new            none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
people:new            none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

people:import         A        GET    in     404      200 404 403  404  404 403  403   404  403 404    404   404 404
people:import         A        POST   in     404      200 404 403  404  404 403  403   404  403 404    404   404 404
people:import         C        GET    in     404      404 404 404  404  404 404  404   404  404 200    403   403 404
people:import         C        POST   in     404      404 404 404  404  404 404  404   404  404 200    403   403 404
people:import         K        GET    in     404      200 404 403  404  404 403  404   404  403 404    404   404 404
people:import         K        POST   in     404      200 404 403  404  404 403  404   404  403 404    404   404 404
people:import         none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
people:import         none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

people:import_preview K        GET    in     404      200 404 403  404  404 403  404   404  403 404    404   404 404
people:import_preview K        POST   in     404      302 404 403  404  404 403  404   404  403 404    404   404 404
people:import_preview C        GET    in     404      404 404 404  404  404 404  404   404  404 404    403   403 404
people:import_preview C        POST   in     404      404 404 404  404  404 404  404   404  404 404    403   403 404
people:import_preview none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
people:import_preview none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

people:offices        A        GET    in     404      200 404 403  404  404 403  403   404  403 404    404   404 404
people:offices        A        POST   in     404      200 404 403  404  404 403  403   404  403 404    404   404 404
people:offices        C        GET    in     404      404 404 404  404  404 404  404   404  404 200    403   403 404
people:offices        C        POST   in     404      404 404 404  404  404 404  404   404  404 200    403   403 404
people:offices        K        GET    in     404      200 404 403  404  404 403  404   404  403 404    404   404 404
people:offices        K        POST   in     404      200 404 403  404  404 403  404   404  403 404    404   404 404
people:offices        none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
people:offices        none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

people:end_office     K        GET    in     404      200 404 403  404  404 403  404   404  403 404    404   404 404
people:end_office     K        POST   in     404      200 404 403  404  404 403  404   404  403 404    404   404 404
people:end_office     C        GET    in     404      404 404 404  404  404 404  404   404  404 404    403   403 404
people:end_office     C        POST   in     404      404 404 404  404  404 404  404   404  404 404    403   403 404
people:end_office     none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
people:end_office     none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

people:ties           A        GET    in     404      200 404 403  404  404 403  403   404  403 404    404   404 404
people:ties           A        POST   in     404      200 404 403  404  404 403  403   404  403 404    404   404 404
people:ties           C        GET    in     404      404 404 404  404  404 404  404   404  404 200    403   403 404
people:ties           C        POST   in     404      404 404 404  404  404 404  404   404  404 200    403   403 404
people:ties           K        GET    in     404      200 404 403  404  404 403  404   404  403 404    404   404 404
people:ties           K        POST   in     404      200 404 403  404  404 403  404   404  403 404    404   404 404
people:ties           none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
people:ties           none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

people:member         K        GET    in     404      200 404 403  404  404 403  404   404  403 404    404   404 404
people:member         K        POST   in     404      200 404 403  404  404 403  404   404  403 404    404   404 404
people:member         C        GET    in     404      404 404 404  404  404 404  404   404  404 404    403   403 404
people:member         C        POST   in     404      404 404 404  404  404 404  404   404  404 404    403   403 404
people:member         none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
people:member         none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

people:leave          K        GET    in     404      200 404 403  404  404 403  404   404  403 404    404   404 404
people:leave          K        POST   in     404      200 404 403  404  404 403  404   404  403 404    404   404 404
people:leave          C        GET    in     404      404 404 404  404  404 404  404   404  404 404    403   403 404
people:leave          C        POST   in     404      404 404 404  404  404 404  404   404  404 404    403   403 404
people:leave          none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
people:leave          none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

people:new_asset      K        GET    in     404      200 404 403  404  404 403  404   404  403 404    404   404 404
people:new_asset      K        POST   in     404      200 404 403  404  404 403  404   404  403 404    404   404 404
people:new_asset      C        GET    in     404      404 404 404  404  404 404  404   404  404 404    403   403 404
people:new_asset      C        POST   in     404      404 404 404  404  404 404  404   404  404 404    403   403 404
people:new_asset      none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
people:new_asset      none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

people:asset          K        GET    in     404      200 404 403  404  404 403  404   404  403 404    404   404 404
people:asset          K        POST   in     404      200 404 403  404  404 403  404   404  403 404    404   404 404
people:asset          C        GET    in     404      404 404 404  404  404 404  404   404  404 404    403   403 404
people:asset          C        POST   in     404      404 404 404  404  404 404  404   404  404 404    403   403 404
people:asset          none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
people:asset          none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

people:reveal         K        GET    in     404      200 404 200  404  404 403  404   404  403 404    404   404 404
people:reveal         K        POST   in     404      200 404 200  404  404 403  404   404  403 404    404   404 404
people:reveal         C        GET    in     404      404 404 404  404  404 404  404   404  404 404    404   403 404
people:reveal         C        POST   in     404      404 404 404  404  404 404  404   404  404 404    404   403 404
people:reveal         none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
people:reveal         none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

filings:rounds        A        GET    in     404      200 404 200  404  404 200  200   404  200 404    404   404 404
filings:rounds        A        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
filings:rounds        C        GET    in     404      404 404 404  404  404 404  404   404  404 200    200   200 404
filings:rounds        C        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
filings:rounds        K        GET    in     404      200 404 200  404  404 200  404   404  200 404    404   404 404
filings:rounds        K        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
filings:rounds        none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
filings:rounds        none     POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

filings:status        A        GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
filings:status        A        POST   in     404      200 404 403  404  404 403  403   404  403 404    404   404 404
filings:status        C        GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
filings:status        C        POST   in     404      404 404 404  404  404 404  404   404  404 200    403   403 404
filings:status        K        GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
filings:status        K        POST   in     404      200 404 403  404  404 403  404   404  403 404    404   404 404
filings:status        none     GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
filings:status        none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

plans:plan            A        GET    in     404      200 404 200  404  404 200  200   404  200 404    404   404 404
plans:plan            A        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
plans:plan            C        GET    in     404      404 404 404  404  404 404  404   404  404 200    200   200 404
plans:plan            C        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
plans:plan            K        GET    in     404      200 404 200  404  404 200  404   404  200 404    404   404 404
plans:plan            K        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
plans:plan            none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
plans:plan            none     POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

plans:add_remark      K        GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
plans:add_remark      K        POST   in     404      403 404 200  404  404 403  404   404  403 404    404   404 404
plans:add_remark      C        GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
plans:add_remark      C        POST   in     404      404 404 404  404  404 404  404   404  404 403    404   403 404
plans:add_remark      none     GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
plans:add_remark      none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

plans:settle_remark   K        GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
plans:settle_remark   K        POST   in     404      302 404 403  404  404 403  404   404  403 404    404   404 404
plans:settle_remark   C        GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
plans:settle_remark   C        POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
plans:settle_remark   none     GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
plans:settle_remark   none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

plans:charter         A        GET    in     404      200 404 200  404  404 200  200   404  200 404    404   404 404
plans:charter         A        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
plans:charter         C        GET    in     404      404 404 404  404  404 404  404   404  404 200    200   200 404
plans:charter         C        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
plans:charter         K        GET    in     404      200 404 200  404  404 200  404   404  200 404    404   404 404
plans:charter         K        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
plans:charter         none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
plans:charter         none     POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

plans:add_charter_remark K        GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
plans:add_charter_remark K        POST   in     404      403 404 200  404  404 403  404   404  403 404    404   404 404
plans:add_charter_remark C        GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
plans:add_charter_remark C        POST   in     404      404 404 404  404  404 404  404   404  404 403    404   403 404
plans:add_charter_remark none     GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
plans:add_charter_remark none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

plans:visits          A        GET    in     404      200 404 200  404  404 200  200   404  200 404    404   404 404
plans:visits          A        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
plans:visits          C        GET    in     404      404 404 404  404  404 404  404   404  404 200    200   200 404
plans:visits          C        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
plans:visits          K        GET    in     404      200 404 200  404  404 200  404   404  200 404    404   404 404
plans:visits          K        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
plans:visits          none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
plans:visits          none     POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

plans:new_visit       A        GET    in     404      200 404 200  404  404 403  403   404  403 404    404   404 404
plans:new_visit       A        POST   in     404      200 404 200  404  404 403  403   404  403 404    404   404 404
plans:new_visit       C        GET    in     404      404 404 404  404  404 404  404   404  404 200    200   403 404
plans:new_visit       C        POST   in     404      404 404 404  404  404 404  404   404  404 200    200   403 404
plans:new_visit       K        GET    in     404      200 404 200  404  404 403  404   404  403 404    404   404 404
plans:new_visit       K        POST   in     404      200 404 200  404  404 403  404   404  403 404    404   404 404
plans:new_visit       none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
plans:new_visit       none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

plans:conference      A        GET    in     404      200 404 200  404  404 200  200   404  200 404    404   404 404
plans:conference      A        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
plans:conference      C        GET    in     404      404 404 404  404  404 404  404   404  404 200    200   200 404
plans:conference      C        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
plans:conference      K        GET    in     404      200 404 200  404  404 200  404   404  200 404    404   404 404
plans:conference      K        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
plans:conference      none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
plans:conference      none     POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

sharing:case          A        GET    in     404      200 404 200  404  404 200  200   404  200 404    404   404 404
sharing:case          A        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
sharing:case          C        GET    in     404      404 404 404  404  404 404  404   404  404 200    200   200 404
sharing:case          C        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
sharing:case          K        GET    in     404      200 404 200  404  404 200  404   404  200 404    404   404 404
sharing:case          K        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
sharing:case          none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
sharing:case          none     POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

sharing:give          A        GET    in     404      200 404 403  404  404 200  403   404  403 404    404   404 404
sharing:give          A        POST   in     404      200 404 403  404  404 200  403   404  403 404    404   404 404
sharing:give          C        GET    in     404      404 404 404  404  404 404  404   404  404 200    403   200 404
sharing:give          C        POST   in     404      404 404 404  404  404 404  404   404  404 200    403   200 404
sharing:give          K        GET    in     404      200 404 403  404  404 200  404   404  403 404    404   404 404
sharing:give          K        POST   in     404      200 404 403  404  404 200  404   404  403 404    404   404 404
sharing:give          none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
sharing:give          none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

sharing:withdraw      K        GET    in     404      200 404 403  404  404 200  404   404  403 404    404   404 404
sharing:withdraw      K        POST   in     404      200 404 403  404  404 200  404   404  403 404    404   404 404
sharing:withdraw      C        GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
sharing:withdraw      C        POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
sharing:withdraw      none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
sharing:withdraw      none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

sharing:revoke        K        GET    in     404      200 404 403  404  404 200  404   404  403 404    404   404 404
sharing:revoke        K        POST   in     404      200 404 403  404  404 200  404   404  403 404    404   404 404
sharing:revoke        C        GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
sharing:revoke        C        POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
sharing:revoke        none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
sharing:revoke        none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

sharing:answer        K        GET    in     404      200 404 403  404  404 403  404   404  403 404    404   404 404
sharing:answer        K        POST   in     404      200 404 403  404  404 403  404   404  403 404    404   404 404
sharing:answer        C        GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
sharing:answer        C        POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
sharing:answer        none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
sharing:answer        none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

credit:desk           -        GET    in     403      403 403 403  200  200 403  403   403  403 403    403   403 403
credit:desk           -        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

credit:room           loan     GET    in     403      403 403 403  200  404 403  403   403  403 403    403   403 403
credit:room           loan     POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
credit:room           none     GET    in     403      403 403 403  404  404 403  403   403  403 403    403   403 403
credit:room           none     POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

credit:accept         loan     GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
credit:accept         loan     POST   in     403      403 403 403  302  404 403  403   403  403 403    403   403 403
credit:accept         none     GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
credit:accept         none     POST   in     403      403 403 403  404  404 403  403   403  403 403    403   403 403

credit:decline        loan     GET    in     403      403 403 403  200  404 403  403   403  403 403    403   403 403
credit:decline        loan     POST   in     403      403 403 403  200  404 403  403   403  403 403    403   403 403
credit:decline        none     GET    in     403      403 403 403  404  404 403  403   403  403 403    403   403 403
credit:decline        none     POST   in     403      403 403 403  404  404 403  403   403  403 403    403   403 403

credit:ask            loan     GET    in     403      403 403 403  200  404 403  403   403  403 403    403   403 403
credit:ask            loan     POST   in     403      403 403 403  200  404 403  403   403  403 403    403   403 403
credit:ask            none     GET    in     403      403 403 403  404  404 403  403   403  403 403    403   403 403
credit:ask            none     POST   in     403      403 403 403  404  404 403  403   403  403 403    403   403 403

credit:pay            loan     GET    in     403      403 403 403  200  404 403  403   403  403 403    403   403 403
credit:pay            loan     POST   in     403      403 403 403  200  404 403  403   403  403 403    403   403 403
credit:pay            none     GET    in     403      403 403 403  404  404 403  403   403  403 403    403   403 403
credit:pay            none     POST   in     403      403 403 403  404  404 403  403   403  403 403    403   403 403

credit:repay          loan     GET    in     403      403 403 403  200  404 403  403   403  403 403    403   403 403
credit:repay          loan     POST   in     403      403 403 403  200  404 403  403   403  403 403    403   403 403
credit:repay          none     GET    in     403      403 403 403  404  404 403  403   403  403 403    403   403 403
credit:repay          none     POST   in     403      403 403 403  404  404 403  403   403  403 403    403   403 403

statuscode:give       A        GET    in     404      200 404 403  404  404 403  403   404  403 404    404   404 404
statuscode:give       A        POST   in     404      200 404 403  404  404 403  403   404  403 404    404   404 404
statuscode:give       C        GET    in     404      404 404 404  404  404 404  404   404  404 200    403   403 404
statuscode:give       C        POST   in     404      404 404 404  404  404 404  404   404  404 200    403   403 404
statuscode:give       K        GET    in     404      200 404 403  404  404 403  404   404  403 404    404   404 404
statuscode:give       K        POST   in     404      200 404 403  404  404 403  404   404  403 404    404   404 404
statuscode:give       none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
statuscode:give       none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

statuscode:revoke     A        GET    in     404      405 404 403  404  404 403  403   404  403 404    404   404 404
statuscode:revoke     A        POST   in     404      302 404 403  404  404 403  403   404  403 404    404   404 404
statuscode:revoke     C        GET    in     404      404 404 404  404  404 404  404   404  404 405    403   403 404
statuscode:revoke     C        POST   in     404      404 404 404  404  404 404  404   404  404 302    403   403 404
statuscode:revoke     K        GET    in     404      405 404 403  404  404 403  404   404  403 404    404   404 404
statuscode:revoke     K        POST   in     404      302 404 403  404  404 403  404   404  403 404    404   404 404
statuscode:revoke     none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
statuscode:revoke     none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

status:look_up        -        GET    200    200      200 200 200  200  200 200  200   200  200 200    200   200 200
status:look_up        -        POST   200    200      200 200 200  200  200 200  200   200  200 200    200   200 200

staff:reset_second_factor mai      GET    in     403      403 403 403  403  403 403  403   403  404 403    403   403 200
staff:reset_second_factor mai      POST   in     403      403 403 403  403  403 403  403   403  404 403    403   403 200
staff:reset_second_factor phuong   GET    in     403      403 403 403  403  403 403  403   403  404 403    403   403 200
staff:reset_second_factor phuong   POST   in     403      403 403 403  403  403 403  403   403  404 403    403   403 200
staff:reset_second_factor none     GET    in     403      403 403 403  403  403 403  403   403  404 403    403   403 404
staff:reset_second_factor none     POST   in     403      403 403 403  403  403 403  403   403  404 403    403   403 404

why:ask               -        GET    in     403      403 403 403  403  403 403  403   403  200 403    403   403 403
why:ask               -        POST   in     403      403 403 403  403  403 403  403   403  200 403    403   403 403

sign_in_code          -        GET    in     in       in  in  in   in   in  in   in    in   in  in     in    in  in
sign_in_code          -        POST   in     in       in  in  in   in   in  in   in    in   in  in     in    in  in

sign_in_again         -        GET    in     200      200 200 200  200  200 200  200   200  200 200    200   200 200
sign_in_again         -        POST   in     200      200 200 200  200  200 200  200   200  200 200    200   200 200

places                -        GET    in     200      200 200 200  200  200 200  200   200  200 200    200   200 200
places                -        POST   in     302      302 302 302  302  302 302  302   302  302 302    302   302 302

end_place             place    GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
end_place             place    POST   in     404      302 404 404  404  404 404  404   404  404 404    404   404 404
end_place             none     GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
end_place             none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

second_factor         -        GET    in     200      200 200 200  200  200 200  200   200  200 200    200   200 200
second_factor         -        POST   in     200      200 200 200  200  200 200  200   200  200 200    200   200 200

rules:panel           A        GET    in     404      200 404 200  404  404 200  200   404  200 404    404   404 404
rules:panel           A        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
rules:panel           C        GET    in     404      404 404 404  404  404 404  404   404  404 200    200   200 404
rules:panel           C        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
rules:panel           K        GET    in     404      200 404 200  404  404 200  404   404  200 404    404   404 404
rules:panel           K        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
rules:panel           none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
rules:panel           none     POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

rules:store_check     A        GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
rules:store_check     A        POST   in     404      302 404 302  404  404 302  403   404  403 404    404   404 404
rules:store_check     C        GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
rules:store_check     C        POST   in     404      404 404 404  404  404 404  404   404  404 302    302   302 404
rules:store_check     K        GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
rules:store_check     K        POST   in     404      302 404 302  404  404 302  404   404  403 404    404   404 404
rules:store_check     none     GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
rules:store_check     none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

rules:check           K        GET    in     404      200 404 200  404  404 200  404   404  200 404    404   404 404
rules:check           K        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
rules:check           C        GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
rules:check           C        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
rules:check           none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
rules:check           none     POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

rules:override        K        GET    in     404      403 404 403  404  404 200  404   404  403 404    404   404 404
rules:override        K        POST   in     404      403 404 403  404  404 200  404   404  403 404    404   404 404
rules:override        C        GET    in     404      404 404 404  404  404 404  404   404  404 403    403   200 404
rules:override        C        POST   in     404      404 404 404  404  404 404  404   404  404 403    403   200 404
rules:override        none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
rules:override        none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

rules:withdraw        K        GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
rules:withdraw        K        POST   in     404      403 404 403  404  404 302  404   404  403 404    404   404 404
rules:withdraw        C        GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
rules:withdraw        C        POST   in     404      404 404 404  404  404 404  404   404  404 403    403   302 404
rules:withdraw        none     GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
rules:withdraw        none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

papers:dossier        A        GET    in     404      200 404 200  404  404 403  403   404  403 404    404   404 404
papers:dossier        A        POST   in     404      200 404 200  404  404 403  403   404  403 404    404   404 404
papers:dossier        C        GET    in     404      404 404 404  404  404 404  404   404  404 200    200   403 404
papers:dossier        C        POST   in     404      404 404 404  404  404 404  404   404  404 200    200   403 404
papers:dossier        K        GET    in     404      200 404 200  404  404 403  404   404  403 404    404   404 404
papers:dossier        K        POST   in     404      200 404 200  404  404 403  404   404  403 404    404   404 404
papers:dossier        none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
papers:dossier        none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

papers:make           K        GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
papers:make           K        POST   in     404      302 404 302  404  404 403  404   404  403 404    404   404 404
papers:make           C        GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
papers:make           C        POST   in     404      404 404 404  404  404 404  404   404  404 302    302   403 404
papers:make           none     GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
papers:make           none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

documents:list        A        GET    in     404      200 404 200  404  404 200  200   404  200 404    404   404 404
documents:list        A        POST   in     404      200 404 200  404  404 403  403   404  403 404    404   404 404
documents:list        C        GET    in     404      404 404 404  404  404 404  404   404  404 200    200   200 404
documents:list        C        POST   in     404      404 404 404  404  404 404  404   404  404 200    200   403 404
documents:list        K        GET    in     404      200 404 200  404  404 200  404   404  200 404    404   404 404
documents:list        K        POST   in     404      200 404 200  404  404 403  404   404  403 404    404   404 404
documents:list        none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
documents:list        none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

documents:download    K        GET    in     404      200 404 200  404  404 200  404   404  200 404    404   404 404
documents:download    K        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
documents:download    C        GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
documents:download    C        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
documents:download    none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
documents:download    none     POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

documents:look        K        GET    in     404      200 404 200  404  404 200  404   404  200 404    404   404 404
documents:look        K        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
documents:look        C        GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
documents:look        C        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
documents:look        none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
documents:look        none     POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

documents:preview     K        GET    in     404      200 404 200  404  404 200  404   404  200 404    404   404 404
documents:preview     K        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
documents:preview     C        GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
documents:preview     C        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
documents:preview     none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
documents:preview     none     POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

documents:replace     K        GET    in     404      200 404 200  404  404 403  404   404  403 404    404   404 404
documents:replace     K        POST   in     404      200 404 200  404  404 403  404   404  403 404    404   404 404
documents:replace     C        GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
documents:replace     C        POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
documents:replace     none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
documents:replace     none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

documents:circle      K        GET    in     404      200 404 200  404  404 403  404   404  403 404    404   404 404
documents:circle      K        POST   in     404      200 404 200  404  404 403  404   404  403 404    404   404 404
documents:circle      C        GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
documents:circle      C        POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
documents:circle      none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
documents:circle      none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

documents:withdraw    K        GET    in     404      200 404 200  404  404 403  404   404  403 404    404   404 404
documents:withdraw    K        POST   in     404      200 404 200  404  404 403  404   404  403 404    404   404 404
documents:withdraw    C        GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
documents:withdraw    C        POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
documents:withdraw    none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
documents:withdraw    none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

notes:list            A        GET    in     404      200 404 200  404  404 200  200   404  200 404    404   404 404
notes:list            A        POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
notes:list            C        GET    in     404      404 404 404  404  404 404  404   404  404 200    200   200 404
notes:list            C        POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
notes:list            K        GET    in     404      200 404 200  404  404 200  404   404  200 404    404   404 404
notes:list            K        POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
notes:list            none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
notes:list            none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

notes:strike          K        GET    in     404      200 404 404  404  404 200  404   404  404 404    404   404 404
notes:strike          K        POST   in     404      200 404 404  404  404 200  404   404  404 404    404   404 404
notes:strike          C        GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
notes:strike          C        POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
notes:strike          none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
notes:strike          none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

notes:unlink          K        GET    in     404      200 404 200  404  404 200  404   404  200 404    404   404 404
notes:unlink          K        POST   in     404      200 404 200  404  404 200  404   404  200 404    404   404 404
notes:unlink          C        GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
notes:unlink          C        POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
notes:unlink          none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
notes:unlink          none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

notes:withdraw_errand K        GET    in     404      200 404 200  404  404 200  404   404  200 404    404   404 404
notes:withdraw_errand K        POST   in     404      200 404 200  404  404 200  404   404  200 404    404   404 404
notes:withdraw_errand C        GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
notes:withdraw_errand C        POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
notes:withdraw_errand none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
notes:withdraw_errand none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

cooperatives:list     -        GET    in     404      200 200 200  404  404 200  200   200  200 200    200   200 404
cooperatives:list     -        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

cooperatives:entry    entry    GET    in     404      200 200 200  404  404 200  200   200  200 404    404   404 404
cooperatives:entry    entry    POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
cooperatives:entry    none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
cooperatives:entry    none     POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

cooperatives:note     entry    GET    in     404      200 200 200  404  404 200  403   403  200 404    404   404 404
cooperatives:note     entry    POST   in     404      200 200 200  404  404 200  403   403  200 404    404   404 404
cooperatives:note     none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
cooperatives:note     none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

cooperatives:withdraw entry    GET    in     404      200 200 200  404  404 200  403   403  200 404    404   404 404
cooperatives:withdraw entry    POST   in     404      200 200 200  404  404 200  403   403  200 404    404   404 404
cooperatives:withdraw none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
cooperatives:withdraw none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

duplicates:list       -        GET    in     403      200 200 200  403  403 200  403   403  200 200    200   200 403
duplicates:list       -        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

duplicates:pair       AK       GET    in     404      200 404 200  404  404 200  404   404  200 404    404   404 404
duplicates:pair       AK       POST   in     404      200 404 403  404  404 200  404   404  200 404    404   404 404
duplicates:pair       AC       GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
duplicates:pair       AC       POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
duplicates:pair       none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
duplicates:pair       none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

settings              -        GET    in     403      403 403 403  403  403 200  403   403  200 403    403   200 403
settings              -        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

law:numbers           -        GET    in     403      403 403 403  403  403 403  403   403  200 403    403   403 403
law:numbers           -        POST   in     403      403 403 403  403  403 403  403   403  405 403    403   403 403

law:new_draft         -        GET    in     403      403 403 403  403  403 403  403   403  200 403    403   403 403
law:new_draft         -        POST   in     403      403 403 403  403  403 403  403   403  200 403    403   403 403

law:draft             draft    GET    in     403      403 403 403  403  403 403  403   403  200 403    403   403 403
law:draft             draft    POST   in     403      403 403 403  403  403 403  403   403  405 403    403   403 403
law:draft             none     GET    in     403      403 403 403  403  403 403  403   403  404 403    403   403 403
law:draft             none     POST   in     403      403 403 403  403  403 403  403   403  405 403    403   403 403

law:publish           draft    GET    in     403      403 403 403  403  403 403  403   403  405 403    403   403 403
law:publish           draft    POST   in     403      403 403 403  403  403 403  403   403  302 403    403   403 403
law:publish           none     GET    in     403      403 403 403  403  403 403  403   403  405 403    403   403 403
law:publish           none     POST   in     403      403 403 403  403  403 403  403   403  404 403    403   403 403

law:discard           draft    GET    in     403      403 403 403  403  403 403  403   403  405 403    403   403 403
law:discard           draft    POST   in     403      403 403 403  403  403 403  403   403  302 403    403   403 403
law:discard           none     GET    in     403      403 403 403  403  403 403  403   403  405 403    403   403 403
law:discard           none     POST   in     403      403 403 403  403  403 403  403   403  404 403    403   403 403

checklists:list       -        GET    in     403      403 403 403  403  403 403  403   403  200 403    403   403 403
checklists:list       -        POST   in     403      403 403 403  403  403 403  403   403  405 403    403   403 403

checklists:new        -        GET    in     403      403 403 403  403  403 403  403   403  200 403    403   403 403
checklists:new        -        POST   in     403      403 403 403  403  403 403  403   403  200 403    403   403 403

checklists:item       item     GET    in     403      403 403 403  403  403 403  403   403  200 403    403   403 403
checklists:item       item     POST   in     403      403 403 403  403  403 403  403   403  200 403    403   403 403
checklists:item       none     GET    in     403      403 403 403  403  403 403  403   403  404 403    403   403 403
checklists:item       none     POST   in     403      403 403 403  403  403 403  403   403  404 403    403   403 403

checklists:end        item     GET    in     403      403 403 403  403  403 403  403   403  200 403    403   403 403
checklists:end        item     POST   in     403      403 403 403  403  403 403  403   403  200 403    403   403 403
checklists:end        none     GET    in     403      403 403 403  403  403 403  403   403  404 403    403   403 403
checklists:end        none     POST   in     403      403 403 403  403  403 403  403   403  404 403    403   403 403

calendar:home         -        GET    in     403      403 403 403  403  403 403  403   403  200 403    403   403 403
calendar:home         -        POST   in     403      403 403 403  403  403 403  403   403  405 403    403   403 403

calendar:set_day      -        GET    in     403      403 403 403  403  403 403  403   403  200 403    403   403 403
calendar:set_day      -        POST   in     403      403 403 403  403  403 403  403   403  200 403    403   403 403

calendar:remove_day   day      GET    in     403      403 403 403  403  403 403  403   403  200 403    403   403 403
calendar:remove_day   day      POST   in     403      403 403 403  403  403 403  403   403  200 403    403   403 403
calendar:remove_day   none     GET    in     403      403 403 403  403  403 403  403   403  404 403    403   403 403
calendar:remove_day   none     POST   in     403      403 403 403  403  403 403  403   403  404 403    403   403 403

calendar:confirm_year -        GET    in     403      403 403 403  403  403 403  403   403  200 403    403   403 403
calendar:confirm_year -        POST   in     403      403 403 403  403  403 403  403   403  200 403    403   403 403

calendar:import       -        GET    in     403      403 403 403  403  403 403  403   403  200 403    403   403 403
calendar:import       -        POST   in     403      403 403 403  403  403 403  403   403  200 403    403   403 403

calendar:import_days  -        GET    in     403      403 403 403  403  403 403  403   403  200 403    403   403 403
calendar:import_days  -        POST   in     403      403 403 403  403  403 403  403   403  200 403    403   403 403

calendar:change       change   GET    in     403      403 403 403  403  403 403  403   403  200 403    403   403 403
calendar:change       change   POST   in     403      403 403 403  403  403 403  403   403  405 403    403   403 403
calendar:change       none     GET    in     403      403 403 403  403  403 403  403   403  404 403    403   403 403
calendar:change       none     POST   in     403      403 403 403  403  403 403  403   403  405 403    403   403 403

limits:home           -        GET    in     403      403 403 403  403  403 403  403   403  200 403    403   403 403
limits:home           -        POST   in     403      403 403 403  403  403 403  403   403  405 403    403   403 403

limits:new            -        GET    in     403      403 403 403  403  403 403  403   403  200 403    403   403 403
limits:new            -        POST   in     403      403 403 403  403  403 403  403   403  200 403    403   403 403

limits:change         change   GET    in     403      403 403 403  403  403 403  403   403  404 403    403   403 403
limits:change         change   POST   in     403      403 403 403  403  403 403  403   403  405 403    403   403 403
limits:change         none     GET    in     403      403 403 403  403  403 403  403   403  404 403    403   403 403
limits:change         none     POST   in     403      403 403 403  403  403 403  403   403  405 403    403   403 403

inspection:events     -        GET    in     403      403 403 403  403  403 403  200   200  403 403    403   403 403
inspection:events     -        POST   in     403      403 403 403  403  403 403  405   405  403 403    403   403 403

inspection:sample     -        GET    in     403      403 403 403  403  403 403  200   200  403 403    403   403 403
inspection:sample     -        POST   in     403      403 403 403  403  403 403  405   405  403 403    403   403 403

inspection:take       -        GET    in     403      403 403 403  403  403 403  200   200  403 403    403   403 403
inspection:take       -        POST   in     403      403 403 403  403  403 403  200   200  403 403    403   403 403

inspection:checkpoint -        GET    in     403      403 403 403  403  403 403  404   404  403 403    403   403 403
inspection:checkpoint -        POST   in     403      403 403 403  403  403 403  405   405  403 403    403   403 403

inspections:list      -          GET   in     403      403 403 403  403  403 403  403   403  200 403    403   403 403
inspections:list      -          POST  in     403      403 403 403  403  403 403  403   403  405 403    403   403 403

inspections:new       -          GET   in     403      403 403 403  403  403 403  403   403  200 403    403   403 403
inspections:new       -          POST  in     403      403 403 403  403  403 403  403   403  200 403    403   403 403

inspections:end       inspection GET   in     403      403 403 403  403  403 403  403   403  200 403    403   403 403
inspections:end       inspection POST  in     403      403 403 403  403  403 403  403   403  200 403    403   403 403

inspections:end       none       GET   in     403      403 403 403  403  403 403  403   403  404 403    403   403 403
inspections:end       none       POST  in     403      403 403 403  403  403 403  403   403  404 403    403   403 403

staff:people          -        GET    in     403      403 403 403  403  403 200  403   403  200 403    403   200 200
staff:people          -        POST   in     403      403 403 403  403  403 405  403   403  405 403    403   405 405

staff:person          mai      GET    in     403      403 403 403  403  403 200  403   403  404 403    403   404 200
staff:person          mai      POST   in     403      403 403 403  403  403 405  403   403  404 403    403   404 405
staff:person          phuong   GET    in     403      403 403 403  403  403 404  403   403  404 403    403   200 200
staff:person          phuong   POST   in     403      403 403 403  403  403 404  403   403  404 403    403   405 405
staff:person          none     GET    in     403      403 403 403  403  403 404  403   403  404 403    403   404 404
staff:person          none     POST   in     403      403 403 403  403  403 404  403   403  404 403    403   404 404

staff:appoint         mai      GET    in     403      403 403 403  403  403 403  403   403  404 403    403   403 200
staff:appoint         mai      POST   in     403      403 403 403  403  403 403  403   403  404 403    403   403 200
staff:appoint         phuong   GET    in     403      403 403 403  403  403 403  403   403  404 403    403   403 200
staff:appoint         phuong   POST   in     403      403 403 403  403  403 403  403   403  404 403    403   403 200
staff:appoint         none     GET    in     403      403 403 403  403  403 403  403   403  404 403    403   403 404
staff:appoint         none     POST   in     403      403 403 403  403  403 403  403   403  404 403    403   403 404

staff:close           mai      GET    in     403      403 403 403  403  403 403  403   403  404 403    403   403 200
staff:close           mai      POST   in     403      403 403 403  403  403 403  403   403  404 403    403   403 200
staff:close           phuong   GET    in     403      403 403 403  403  403 403  403   403  404 403    403   403 200
staff:close           phuong   POST   in     403      403 403 403  403  403 403  403   403  404 403    403   403 200
staff:close           none     GET    in     403      403 403 403  403  403 403  403   403  404 403    403   403 404
staff:close           none     POST   in     403      403 403 403  403  403 403  403   403  404 403    403   403 404

staff:handover        mai      GET    in     403      403 403 403  403  403 200  403   403  404 403    403   404 200
staff:handover        mai      POST   in     403      403 403 403  403  403 302  403   403  404 403    403   404 302
staff:handover        phuong   GET    in     403      403 403 403  403  403 404  403   403  404 403    403   200 200
staff:handover        phuong   POST   in     403      403 403 403  403  403 404  403   403  404 403    403   302 302
staff:handover        none     GET    in     403      403 403 403  403  403 404  403   403  404 403    403   404 404
staff:handover        none     POST   in     403      403 403 403  403  403 404  403   403  404 403    403   404 404

staff:relieve         mai      GET    in     403      403 403 403  403  403 403  403   403  404 403    403   403 200
staff:relieve         mai      POST   in     403      403 403 403  403  403 403  403   403  404 403    403   403 200
staff:relieve         phuong   GET    in     403      403 403 403  403  403 403  403   403  404 403    403   403 404
staff:relieve         phuong   POST   in     403      403 403 403  403  403 403  403   403  404 403    403   403 404
staff:relieve         none     GET    in     403      403 403 403  403  403 403  403   403  404 403    403   403 404
staff:relieve         none     POST   in     403      403 403 403  403  403 403  403   403  404 403    403   403 404

staff:move            mai      GET    in     403      403 403 403  403  403 403  403   403  404 403    403   403 200
staff:move            mai      POST   in     403      403 403 403  403  403 403  403   403  404 403    403   403 200
staff:move            phuong   GET    in     403      403 403 403  403  403 403  403   403  404 403    403   403 404
staff:move            phuong   POST   in     403      403 403 403  403  403 403  403   403  404 403    403   403 404
staff:move            none     GET    in     403      403 403 403  403  403 403  403   403  404 403    403   403 404
staff:move            none     POST   in     403      403 403 403  403  403 403  403   403  404 403    403   403 404

absence:own           -        GET    in     200      200 200 200  200  200 200  200   200  200 200    200   200 200
absence:own           -        POST   in     200      200 200 200  200  200 200  200   200  200 200    200   200 200

absence:of            mai      GET    in     404      404 404 404  404  404 200  404   404  404 404    404   404 403
absence:of            mai      POST   in     404      404 404 404  404  404 200  404   404  404 404    404   404 403
absence:of            phuong   GET    in     404      404 404 404  404  404 404  404   404  404 200    404   200 403
absence:of            phuong   POST   in     404      404 404 404  404  404 404  404   404  404 200    404   200 403
absence:of            none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
absence:of            none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

absence:end           absence  GET    in     404      404 404 404  404  404 405  404   404  404 404    404   404 403
absence:end           absence  POST   in     404      404 404 404  404  404 302  404   404  404 404    404   404 403
absence:end           none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
absence:end           none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

background:overview   -        GET    in     403      403 403 403  403  403 403  403   403  200 403    403   403 403
background:overview   -        POST   in     403      403 403 403  403  403 403  403   403  405 403    403   403 403

background:again      dead     GET    in     403      403 403 403  403  403 403  403   403  405 403    403   403 403
background:again      dead     POST   in     403      403 403 403  403  403 403  403   403  302 403    403   403 403
background:again      none     GET    in     403      403 403 403  403  403 403  403   403  405 403    403   403 403
background:again      none     POST   in     403      403 403 403  403  403 403  403   403  404 403    403   403 403

deliveries:log        -        GET    in     403      403 403 403  403  403 403  403   403  200 403    403   403 403
deliveries:log        -        POST   in     403      403 403 403  403  403 403  403   403  405 403    403   403 403

deliveries:again      delivery GET    in     403      403 403 403  403  403 403  403   403  405 403    403   403 403
deliveries:again      delivery POST   in     403      403 403 403  403  403 403  403   403  302 403    403   403 403
deliveries:again      none     GET    in     403      403 403 403  403  403 403  403   403  405 403    403   403 403
deliveries:again      none     POST   in     403      403 403 403  403  403 403  403   403  404 403    403   403 403

notifications:list    -        GET    in     200      200 200 200  200  200 200  200   200  200 200    200   200 200
notifications:list    -        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

notifications:read_all -        GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
notifications:read_all -        POST   in     302      302 302 302  302  302 302  302   302  302 302    302   302 302

notifications:read    message  GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
notifications:read    message  POST   in     404      302 404 404  404  404 404  404   404  404 404    404   404 404
notifications:read    none     GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
notifications:read    none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

notifications:open    message  GET    in     404      302 404 404  404  404 404  404   404  404 404    404   404 404
notifications:open    message  POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
notifications:open    none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
notifications:open    none     POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

notifications:preferences -        GET    in     200      200 200 200  200  200 200  200   200  200 200    200   200 200
notifications:preferences -        POST   in     200      200 200 200  200  200 200  200   200  200 200    200   200 200

rosters:upload        -        GET    in     403      403 403 403  403  403 403  403   403  200 403    403   403 403
rosters:upload        -        POST   in     403      403 403 403  403  403 403  403   403  200 403    403   403 403

rosters:preview       upload   GET    in     404      404 404 404  404  404 404  404   404  200 404    404   404 404
rosters:preview       upload   POST   in     404      404 404 404  404  404 404  404   404  302 404    404   404 404
rosters:preview       none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
rosters:preview       none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

feed:page             -        GET    in     200      200 200 200  200  200 200  200   200  200 200    200   200 200
feed:page             -        POST   in     200      200 200 200  200  200 200  200   200  200 200    200   200 200

feed:revoke           -        GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
feed:revoke           -        POST   in     302      302 302 302  302  302 302  302   302  302 302    302   302 302

feed:calendar         feed     GET    200    200      200 200 200  200  200 200  200   200  200 200    200   200 200
feed:calendar         feed     POST   405    405      405 405 405  405  405 405  405   405  405 405    405   405 405
feed:calendar         none     GET    404    404      404 404 404  404  404 404  404   404  404 404    404   404 404
feed:calendar         none     POST   405    405      405 405 405  405  405 405  405   405  405 405    405   405 405

login                 -        GET    200    302      302 302 302  302  302 302  302   302  302 302    302   302 302
login                 -        POST   200    302      302 302 302  302  302 302  302   302  302 302    302   302 302

logout                -        GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
logout                -        POST   in     in       in  in  in   in   in  in   in    in   in  in     in    in  in

password_change       -        GET    in     200      200 200 200  200  200 200  200   200  200 200    200   200 200
password_change       -        POST   in     200      200 200 200  200  200 200  200   200  200 200    200   200 200

password_change_done  -        GET    in     200      200 200 200  200  200 200  200   200  200 200    200   200 200
password_change_done  -        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

set_language          -        GET    302    302      302 302 302  302  302 302  302   302  302 302    302   302 302
set_language          -        POST   302    302      302 302 302  302  302 302  302   302  302 302    302   302 302

style                 -        GET    in     200      200 200 200  200  200 200  200   200  200 200    200   200 200
style                 -        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

healthz               -        GET    200    200      200 200 200  200  200 200  200   200  200 200    200   200 200
healthz               -        POST   200    200      200 200 200  200  200 200  200   200  200 200    200   200 200

board:home            -        GET    in     403      200 200 200  200  200 200  200   200  200 200    200   200 403
board:home            -        POST   in     403      405 405 405  405  405 405  405   405  405 405    405   405 403

board:decided         -        GET    in     403      403 403 403  200  200 403  403   403  403 403    403   403 403
board:decided         -        POST   in     403      405 405 405  405  405 405  405   405  405 405    405   405 403

board:times           -        GET    in     403      200 200 200  200  200 200  200   200  200 200    200   200 403
board:times           -        POST   in     403      405 405 405  405  405 405  405   405  405 405    405   405 403

board:stays           -        GET    in     403      200 200 200  200  200 200  200   200  200 200    200   200 403
board:stays           -        POST   in     403      405 405 405  405  405 405  405   405  405 405    405   405 403

board:workload        -        GET    in     403      200 200 200  200  200 200  200   200  200 200    200   200 403
board:workload        -        POST   in     403      405 405 405  405  405 405  405   405  405 405    405   405 403

board:workload_cases  -        GET    in     403      200 200 200  200  200 200  200   200  200 200    200   200 403
board:workload_cases  -        POST   in     403      405 405 405  405  405 405  405   405  405 405    405   405 403

board:late            -        GET    in     403      200 200 200  200  200 200  200   200  200 200    200   200 403
board:late            -        POST   in     403      405 405 405  405  405 405  405   405  405 405    405   405 403

board:returns         -        GET    in     403      200 200 200  200  200 200  200   200  200 200    200   200 403
board:returns         -        POST   in     403      405 405 405  405  405 405  405   405  405 405    405   405 403

board:return_tasks    -        GET    in     403      200 200 200  200  200 200  200   200  200 200    200   200 403
board:return_tasks    -        POST   in     403      405 405 405  405  405 405  405   405  405 405    405   405 403

board:map             -        GET    in     403      200 200 200  200  200 200  200   200  200 200    200   200 403
board:map             -        POST   in     403      405 405 405  405  405 405  405   405  405 405    405   405 403

strengthening:open    entry    GET    in     404      200 200 403  404  404 403  403   403  403 404    404   404 404
strengthening:open    entry    POST   in     404      200 200 403  404  404 403  403   403  403 404    404   404 404
strengthening:open    none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
strengthening:open    none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

programme             -        GET    in     403      200 200 200  403  403 200  200   200  200 200    200   200 403
programme             -        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

targets:home          -        GET    in     403      302 302 302  403  403 302  403   403  302 302    302   302 403
targets:home          -        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

targets:periods       -        GET    in     403      403 403 403  403  403 403  403   403  200 403    403   403 403
targets:periods       -        POST   in     403      403 403 403  403  403 403  403   403  200 403    403   403 403

targets:plan          plan     GET    in     404      200 404 404  404  404 200  404   404  404 404    404   404 404
targets:plan          plan     POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
targets:plan          plan_above GET    in     404      404 404 404  404  404 200  404   404  404 404    404   404 404
targets:plan          plan_above POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
targets:plan          plan_far GET    in     404      404 404 404  404  404 404  404   404  404 200    404   200 404
targets:plan          plan_far POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
targets:plan          none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
targets:plan          none     POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

targets:number        plan     GET    in     404      200 404 404  404  404 200  404   404  404 404    404   404 404
targets:number        plan     POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
targets:number        plan_above GET    in     404      404 404 404  404  404 200  404   404  404 404    404   404 404
targets:number        plan_above POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
targets:number        plan_far GET    in     404      404 404 404  404  404 404  404   404  404 200    404   200 404
targets:number        plan_far POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
targets:number        none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
targets:number        none     POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

targets:set           plan     GET    in     404      403 404 404  404  404 200  404   404  404 404    404   404 404
targets:set           plan     POST   in     404      403 404 404  404  404 200  404   404  404 404    404   404 404
targets:set           plan_above GET    in     404      404 404 404  404  404 200  404   404  404 404    404   404 404
targets:set           plan_above POST   in     404      404 404 404  404  404 200  404   404  404 404    404   404 404
targets:set           plan_far GET    in     404      404 404 404  404  404 404  404   404  404 403    404   200 404
targets:set           plan_far POST   in     404      404 404 404  404  404 404  404   404  404 403    404   200 404
targets:set           none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
targets:set           none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

reports:list          -        GET    in     403      200 200 200  403  403 200  200   200  200 200    200   200 403
reports:list          -        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

reports:start         -        GET    in     403      200 200 200  403  403 200  403   403  403 200    200   200 403
reports:start         -        POST   in     403      200 200 200  403  403 200  403   403  403 200    200   200 403

reports:report        report   GET    in     404      200 404 404  404  404 200  404   404  404 404    404   404 404
reports:report        report   POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
reports:report        none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
reports:report        none     POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

reports:texts         report   GET    in     404      200 404 404  404  404 200  404   404  404 404    404   404 404
reports:texts         report   POST   in     404      200 404 404  404  404 200  404   404  404 404    404   404 404
reports:texts         none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
reports:texts         none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

reports:review        report   GET    in     404      403 404 404  404  404 200  404   404  404 404    404   404 404
reports:review        report   POST   in     404      403 404 404  404  404 200  404   404  404 404    404   404 404
reports:review        none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
reports:review        none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

reports:return        report   GET    in     404      403 404 404  404  404 200  404   404  404 404    404   404 404
reports:return        report   POST   in     404      403 404 404  404  404 200  404   404  404 404    404   404 404
reports:return        none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
reports:return        none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

reports:freeze        report   GET    in     404      403 404 404  404  404 200  404   404  404 404    404   404 404
reports:freeze        report   POST   in     404      403 404 404  404  404 200  404   404  404 404    404   404 404
reports:freeze        none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
reports:freeze        none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

reports:numbers       report   GET    in     404      200 404 404  404  404 200  404   404  404 404    404   404 404
reports:numbers       report   POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
reports:numbers       none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
reports:numbers       none     POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

reports:file          report   GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
reports:file          report   POST   in     404      200 404 404  404  404 200  404   404  404 404    404   404 404
reports:file          none     GET    in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
reports:file          none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

exports:list          -        GET    in     403      200 200 200  200  200 200  200   200  200 200    200   200 403
exports:list          -        POST   in     403      405 405 405  405  405 405  405   405  405 405    405   405 403

exports:new           list     GET    in     403      200 200 200  200  200 200  200   200  200 200    200   200 403
exports:new           list     POST   in     403      200 200 200  200  200 200  200   200  200 200    200   200 403
exports:new           none     GET    in     403      404 404 404  404  404 404  404   404  404 404    404   404 403
exports:new           none     POST   in     403      404 404 404  404  404 404  404   404  404 404    404   404 403

exports:download      export   GET    in     403      405 405 405  405  405 405  405   405  405 405    405   405 403
exports:download      export   POST   in     403      302 404 404  404  404 404  404   404  404 404    404   404 403
exports:download      none     GET    in     403      405 405 405  405  405 405  405   405  405 405    405   405 403
exports:download      none     POST   in     403      404 404 404  404  404 404  404   404  404 404    404   404 403

programmes:set        A        GET    in     404      200 404 403  404  404 200  403   404  403 404    404   404 404
programmes:set        A        POST   in     404      200 404 403  404  404 200  403   404  403 404    404   404 404
programmes:set        C        GET    in     404      404 404 404  404  404 404  404   404  404 200    403   200 404
programmes:set        C        POST   in     404      404 404 404  404  404 404  404   404  404 200    403   200 404
programmes:set        K        GET    in     404      200 404 403  404  404 200  404   404  403 404    404   404 404
programmes:set        K        POST   in     404      200 404 403  404  404 200  404   404  403 404    404   404 404
programmes:set        none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
programmes:set        none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

market:case           A        GET    in     404      200 404 200  404  404 200  200   404  200 404    404   404 404
market:case           A        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
market:case           C        GET    in     404      404 404 404  404  404 404  404   404  404 200    200   200 404
market:case           C        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
market:case           K        GET    in     404      200 404 200  404  404 200  404   404  200 404    404   404 404
market:case           K        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
market:case           none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
market:case           none     POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

market:add            A        GET    in     404      200 404 200  404  404 200  403   404  403 404    404   404 404
market:add            A        POST   in     404      200 404 200  404  404 200  403   404  403 404    404   404 404
market:add            C        GET    in     404      404 404 404  404  404 404  404   404  404 200    200   200 404
market:add            C        POST   in     404      404 404 404  404  404 404  404   404  404 200    200   200 404
market:add            K        GET    in     404      200 404 200  404  404 200  404   404  403 404    404   404 404
market:add            K        POST   in     404      200 404 200  404  404 200  404   404  403 404    404   404 404
market:add            none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
market:add            none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

market:correct        K        GET    in     404      200 404 200  404  404 200  404   404  403 404    404   404 404
market:correct        K        POST   in     404      200 404 200  404  404 200  404   404  403 404    404   404 404
market:correct        C        GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
market:correct        C        POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
market:correct        none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
market:correct        none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

market:withdraw       K        GET    in     404      200 404 200  404  404 200  404   404  403 404    404   404 404
market:withdraw       K        POST   in     404      200 404 200  404  404 200  404   404  403 404    404   404 404
market:withdraw       C        GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
market:withdraw       C        POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
market:withdraw       none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
market:withdraw       none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

market:verify         K        GET    in     404      403 404 403  404  404 200  404   404  403 404    404   404 404
market:verify         K        POST   in     404      403 404 403  404  404 200  404   404  403 404    404   404 404
market:verify         C        GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
market:verify         C        POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
market:verify         none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
market:verify         none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

market:outcome        K        GET    in     404      200 404 200  404  404 200  404   404  403 404    404   404 404
market:outcome        K        POST   in     404      200 404 200  404  404 200  404   404  403 404    404   404 404
market:outcome        C        GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
market:outcome        C        POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
market:outcome        none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
market:outcome        none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

cooperatives:health   entry    GET    in     404      200 200 200  404  404 200  200   200  200 404    404   404 404
cooperatives:health   entry    POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
cooperatives:health   none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
cooperatives:health   none     POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

strengthening:convert entry    GET    in     404      200 200 403  404  404 403  403   403  403 404    404   404 404
strengthening:convert entry    POST   in     404      200 200 403  404  404 403  403   403  403 404    404   404 404
strengthening:convert none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
strengthening:convert none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

reviews:list          -        GET    in     403      200 200 200  403  403 200  200   200  200 200    200   200 403
reviews:list          -        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

reviews:postpone      entry    GET    in     404      403 403 403  404  404 200  403   403  403 404    404   404 404
reviews:postpone      entry    POST   in     404      403 403 403  404  404 200  403   403  403 404    404   404 404
reviews:postpone      none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
reviews:postpone      none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

trainings:list        -        GET    in     403      200 200 200  403  403 200  200   200  200 200    200   200 403
trainings:list        -        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

trainings:add         -        GET    in     403      200 200 200  403  403 200  403   403  403 200    200   200 403
trainings:add         -        POST   in     403      200 200 200  403  403 200  403   403  403 200    200   200 403

trainings:people      -        GET    in     403      200 200 200  403  403 200  200   200  200 200    200   200 403
trainings:people      -        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

trainings:outreach    -        GET    in     403      200 200 200  403  403 200  200   200  200 200    200   200 403
trainings:outreach    -        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

trainings:add_outreach -        GET    in     403      200 200 200  403  403 200  403   403  403 200    200   200 403
trainings:add_outreach -        POST   in     403      200 200 200  403  403 200  403   403  403 200    200   200 403

trainings:correct_outreach talk GET in 404 200 404 404 404 404 200 404 404 404 404 404 404 404
trainings:correct_outreach talk POST in 404 200 404 404 404 404 200 404 404 404 404 404 404 404
trainings:correct_outreach none GET in 404 404 404 404 404 404 404 404 404 404 404 404 404 404
trainings:correct_outreach none POST in 404 404 404 404 404 404 404 404 404 404 404 404 404 404

trainings:withdraw_outreach talk GET in 404 200 404 404 404 404 200 404 404 404 404 404 404 404
trainings:withdraw_outreach talk POST in 404 200 404 404 404 404 200 404 404 404 404 404 404 404
trainings:withdraw_outreach none GET in 404 404 404 404 404 404 404 404 404 404 404 404 404 404
trainings:withdraw_outreach none POST in 404 404 404 404 404 404 404 404 404 404 404 404 404 404

trainings:training    training GET    in     404      200 404 404  404  404 200  404   404  404 404    404   404 404
trainings:training    training POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
trainings:training    none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
trainings:training    none     POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

trainings:print       training GET    in     404      200 404 404  404  404 200  404   404  404 404    404   404 404
trainings:print       training POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
trainings:print       none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
trainings:print       none     POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

trainings:correct     training GET    in     404      200 404 404  404  404 200  404   404  404 404    404   404 404
trainings:correct     training POST   in     404      200 404 404  404  404 200  404   404  404 404    404   404 404
trainings:correct     none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
trainings:correct     none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

trainings:withdraw    training GET    in     404      200 404 404  404  404 200  404   404  404 404    404   404 404
trainings:withdraw    training POST   in     404      200 404 404  404  404 200  404   404  404 404    404   404 404
trainings:withdraw    none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
trainings:withdraw    none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

trainings:attendance  training GET    in     404      200 404 404  404  404 200  404   404  404 404    404   404 404
trainings:attendance  training POST   in     404      200 404 404  404  404 200  404   404  404 404    404   404 404
trainings:attendance  none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
trainings:attendance  none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

trainings:correct_line training GET    in     404      200 404 404  404  404 200  404   404  404 404    404   404 404
trainings:correct_line training POST   in     404      200 404 404  404  404 200  404   404  404 404    404   404 404
trainings:correct_line none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
trainings:correct_line none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

trainings:withdraw_line training GET    in     404      200 404 404  404  404 200  404   404  404 404    404   404 404
trainings:withdraw_line training POST   in     404      200 404 404  404  404 200  404   404  404 404    404   404 404
trainings:withdraw_line none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
trainings:withdraw_line none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

trainings:reveal      training GET    in     404      200 404 404  404  404 403  404   404  404 404    404   404 404
trainings:reveal      training POST   in     404      200 404 404  404  404 403  404   404  404 404    404   404 404
trainings:reveal      none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
trainings:reveal      none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

support:list          -        GET    in     403      200 200 200  403  403 200  200   200  200 200    200   200 403
support:list          -        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

support:add           -        GET    in     403      200 200 200  403  403 200  403   403  403 200    200   200 403
support:add           -        POST   in     403      200 200 200  403  403 200  403   403  403 200    200   200 403

support:overlaps      -        GET    in     403      200 200 200  403  403 200  200   200  200 200    200   200 403
support:overlaps      -        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

support:correct       gift     GET    in     404      200 404 404  404  404 200  404   404  404 404    404   404 404
support:correct       gift     POST   in     404      200 404 404  404  404 200  404   404  404 404    404   404 404
support:correct       none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
support:correct       none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

support:withdraw      gift     GET    in     404      200 404 404  404  404 200  404   404  404 404    404   404 404
support:withdraw      gift     POST   in     404      200 404 404  404  404 200  404   404  404 404    404   404 404
support:withdraw      none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
support:withdraw      none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

markets:list          -        GET    in     404      200 200 200  404  404 200  200   200  200 200    200   200 404
markets:list          -        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

collected:list        -        GET    in     403      403 403 403  403  403 200  403   403  403 403    403   200 403
collected:list        -        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

collected:ask         -        GET    in     403      403 403 403  403  403 200  403   403  403 403    403   200 403
collected:ask         -        POST   in     403      403 403 403  403  403 200  403   403  403 403    403   200 403

collected:answer      token    GET    200    200      200 200 200  200  200 200  200   200  200 200    200   200 200
collected:answer      token    POST   200    200      200 200 200  200  200 200  200   200  200 200    200   200 200
collected:answer      none     GET    404    404      404 404 404  404  404 404  404   404  404 404    404   404 404
collected:answer      none     POST   404    404      404 404 404  404  404 404  404   404  404 404    404   404 404

collected:answer_form token    GET    200    200      200 200 200  200  200 200  200   200  200 200    200   200 200
collected:answer_form token    POST   405    405      405 405 405  405  405 405  405   405  405 405    405   405 405
collected:answer_form none     GET    404    404      404 404 404  404  404 404  404   404  404 404    404   404 404
collected:answer_form none     POST   405    405      405 405 405  405  405 405  405   405  405 405    405   405 405

collected:request     asked    GET    in     404      404 404 404  404  404 200  404   404  404 404    404   404 404
collected:request     asked    POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
collected:request     none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
collected:request     none     POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

collected:again       asked    GET    in     404      404 404 404  404  404 200  404   404  404 404    404   404 404
collected:again       asked    POST   in     404      404 404 404  404  404 200  404   404  404 404    404   404 404
collected:again       none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
collected:again       none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

collected:withdraw    asked    GET    in     404      404 404 404  404  404 200  404   404  404 404    404   404 404
collected:withdraw    asked    POST   in     404      404 404 404  404  404 200  404   404  404 404    404   404 404
collected:withdraw    none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
collected:withdraw    none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

collected:enter       asked    GET    in     404      404 404 404  404  404 200  404   404  404 404    404   404 404
collected:enter       asked    POST   in     404      404 404 404  404  404 200  404   404  404 404    404   404 404
collected:enter       none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
collected:enter       none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

collected:form        asked    GET    in     404      404 404 404  404  404 200  404   404  404 404    404   404 404
collected:form        asked    POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
collected:form        none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
collected:form        none     POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

fairs:list            -        GET    in     403      200 200 200  403  403 200  200   200  200 200    200   200 403
fairs:list            -        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

fairs:add             -        GET    in     403      200 200 200  403  403 200  403   403  403 200    200   200 403
fairs:add             -        POST   in     403      200 200 200  403  403 200  403   403  403 200    200   200 403

fairs:fair            fair     GET    in     404      200 404 404  404  404 200  404   404  404 404    404   404 404
fairs:fair            fair     POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
fairs:fair            none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
fairs:fair            none     POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

fairs:correct         fair     GET    in     404      200 404 404  404  404 200  404   404  404 404    404   404 404
fairs:correct         fair     POST   in     404      200 404 404  404  404 200  404   404  404 404    404   404 404
fairs:correct         none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
fairs:correct         none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

fairs:withdraw        fair     GET    in     404      200 404 404  404  404 200  404   404  404 404    404   404 404
fairs:withdraw        fair     POST   in     404      200 404 404  404  404 200  404   404  404 404    404   404 404
fairs:withdraw        none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
fairs:withdraw        none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

fairs:add_part        fair     GET    in     404      200 404 404  404  404 200  404   404  404 404    404   404 404
fairs:add_part        fair     POST   in     404      200 404 404  404  404 200  404   404  404 404    404   404 404
fairs:add_part        none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
fairs:add_part        none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

fairs:correct_part    fair     GET    in     404      200 404 404  404  404 200  404   404  404 404    404   404 404
fairs:correct_part    fair     POST   in     404      200 404 404  404  404 200  404   404  404 404    404   404 404
fairs:correct_part    none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
fairs:correct_part    none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

fairs:withdraw_part   fair     GET    in     404      200 404 404  404  404 200  404   404  404 404    404   404 404
fairs:withdraw_part   fair     POST   in     404      200 404 404  404  404 200  404   404  404 404    404   404 404
fairs:withdraw_part   none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
fairs:withdraw_part   none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

sharing:another       A        GET    in     404      200 404 403  404  404 403  403   404  403 404    404   404 404
sharing:another       A        POST   in     404      200 404 403  404  404 403  403   404  403 404    404   404 404
sharing:another       C        GET    in     404      404 404 404  404  404 404  404   404  404 200    403   403 404
sharing:another       C        POST   in     404      404 404 404  404  404 404  404   404  404 200    403   403 404
sharing:another       K        GET    in     404      200 404 403  404  404 403  404   404  403 404    404   404 404
sharing:another       K        POST   in     404      200 404 403  404  404 403  404   404  403 404    404   404 404
sharing:another       none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
sharing:another       none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

reads:case            A        GET    in     404      200 404 403  404  404 200  200   404  200 404    404   404 404
reads:case            A        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
reads:case            C        GET    in     404      404 404 404  404  404 404  404   404  404 200    403   200 404
reads:case            C        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
reads:case            K        GET    in     404      200 404 403  404  404 200  404   404  200 404    404   404 404
reads:case            K        POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405
reads:case            none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
reads:case            none     POST   in     405      405 405 405  405  405 405  405   405  405 405    405   405 405

datarequests:list     -        GET    in     403      403 403 403  403  403 200  403   403  200 403    403   200 403
datarequests:list     -        POST   in     403      403 403 403  403  403 405  403   403  405 403    403   405 403

datarequests:new      -        GET    in     403      403 403 403  403  403 200  403   403  200 403    403   200 403
datarequests:new      -        POST   in     403      403 403 403  403  403 200  403   403  200 403    403   200 403

datarequests:one      request  GET    in     403      403 403 403  403  403 200  403   403  404 403    403   404 403
datarequests:one      request  POST   in     403      403 403 403  403  403 200  403   403  404 403    403   404 403
datarequests:one      none     GET    in     403      403 403 403  403  403 404  403   403  404 403    403   404 403
datarequests:one      none     POST   in     403      403 403 403  403  403 404  403   403  404 403    403   404 403

datarequests:look_up  request  GET    in     403      403 403 403  403  403 200  403   403  404 403    403   404 403
datarequests:look_up  request  POST   in     403      403 403 403  403  403 200  403   403  404 403    403   404 403
datarequests:look_up  none     GET    in     403      403 403 403  403  403 404  403   403  404 403    403   404 403
datarequests:look_up  none     POST   in     403      403 403 403  403  403 404  403   403  404 403    403   404 403
"""
