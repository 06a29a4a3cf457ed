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

tasks:task            waiting  GET    in     404      200 404 200  404  404 200  200   404  200 404    404   404 404
tasks:task            waiting  POST   in     404      403 404 403  404  404 403  403   404  403 404    404   404 404
tasks:task            taken    GET    in     404      200 404 200  404  404 200  404   404  200 404    404   404 404
tasks:task            taken    POST   in     404      200 404 403  404  404 403  404   404  403 404    404   404 404
tasks:task            credit   GET    in     404      200 404 200  200  404 200  404   404  200 404    404   404 404
tasks:task            credit   POST   in     404      403 404 403  403  404 403  404   404  403 404    404   404 404
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

tasks:reassign        waiting  GET    in     404      403 404 403  404  404 200  403   404  403 404    404   404 404
tasks:reassign        waiting  POST   in     404      403 404 403  404  404 200  403   404  403 404    404   404 404
tasks:reassign        taken    GET    in     404      403 404 403  404  404 200  404   404  403 404    404   404 404
tasks:reassign        taken    POST   in     404      403 404 403  404  404 200  404   404  403 404    404   404 404
tasks:reassign        credit   GET    in     404      403 404 403  403  404 403  404   404  403 404    404   404 404
tasks:reassign        credit   POST   in     404      403 404 403  403  404 403  404   404  403 404    404   404 404
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

rosters:upload        -        GET    in     403      403 403 403  403  403 403  403   403  200 403    403   403 403
rosters:upload        -        POST   in     403      403 403 403  403  403 403  403   403  200 403    403   403 403

rosters:preview       upload   GET    in     404      404 404 404  404  404 404  404   404  200 404    404   404 404
rosters:preview       upload   POST   in     404      404 404 404  404  404 404  404   404  302 404    404   404 404
rosters:preview       none     GET    in     404      404 404 404  404  404 404  404   404  404 404    404   404 404
rosters:preview       none     POST   in     404      404 404 404  404  404 404  404   404  404 404    404   404 404

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
"""
